/* document_html.c: a document as one page that needs nothing but itself.
 *
 * It is complete without script; a click on a head sorts a table where script is allowed. Prints on
 * A4 without cut rows; follows the reader's light or dark ground, pictures stay on white. */
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "report/document_parts.h"
#include "report/format.h"
#include "report/map.h"

/* Characters from which on a text cell is kept wide, so that a row stays low. */
enum { LONG_TEXT = 150, WORD_TEXT = 24, DENSE_COLUMNS = 10 };

static const char style[] =
    ":root{--ink:#1b1f24;--soft:#59636e;--line:#d5dae0;--bar:#f3f5f8;--paper:#fff;--link:#0a58a8;"
    "--good:#14743c;--open:#8a5a00;--bad:#b3261e}"
    "@media (prefers-color-scheme:dark){:root{--ink:#e6e9ed;--soft:#a2abb5;--line:#3a424b;"
    "--bar:#22272e;--paper:#15181c;--link:#7db7ff;--good:#57c785;--open:#e0aa4b;--bad:#ff8a80}}"
    "*{box-sizing:border-box}html{scroll-behavior:smooth}"
    "body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,\"Noto Sans\","
    "\"DejaVu Sans\",sans-serif}main{max-width:84rem;margin:0 auto;padding:2rem 1.2rem 4rem}"
    "h1{font-size:1.9rem;line-height:1.2;margin:0 0 .4rem}h2{font-size:1.35rem;margin:3rem 0 .6rem;"
    "padding-top:.8rem;border-top:2px solid var(--ink)}h3{font-size:1.02rem;margin:1.8rem 0 .1rem}"
    "p{max-width:52rem;margin:.5rem 0}.about,.scope,.note,figcaption{color:var(--soft)}"
    ".scope,.note,figcaption{font-size:.86rem;margin:.1rem 0 .5rem}a{color:var(--link);"
    "text-decoration:none}a:hover{text-decoration:underline}"
    "nav{columns:2;column-gap:2rem;margin:1.4rem 0;padding:.9rem 1.2rem;background:var(--bar);"
    "border-radius:8px;max-width:52rem}nav a{display:block;break-inside:avoid;padding:.1rem 0}"
    ".wide{overflow-x:auto}table{border-collapse:collapse;font-size:.88rem;min-width:24rem;"
    "font-variant-numeric:tabular-nums}th{text-align:left;vertical-align:bottom;font-weight:600;"
    "border-bottom:2px solid var(--line);padding:.3rem .7rem .3rem 0;line-height:1.25}"
    "th small{display:block;font-weight:400;color:var(--soft)}td{vertical-align:top;"
    "border-bottom:1px solid var(--line);padding:.28rem .7rem .28rem 0}td.n,th.n{text-align:right;"
    "padding-left:.4rem}td.n{white-space:nowrap}td.n "
    "small{color:var(--soft)}td.t{max-width:26rem}td.t:first-child{min-width:9.5rem}"
    "td.l{min-width:14rem}td.d{white-space:nowrap}table.dense{font-size:.8rem}"
    ".dense th,.dense td{padding-right:.45rem}.dense td.n,.dense th.n{padding-left:.2rem}"
    "table.dense td.t:first-child{min-width:7rem}"
    "td.s{white-space:nowrap;font-size:.8rem;color:var(--soft)}"
    "tbody tr:hover{background:var(--bar)}.v1{color:var(--good);font-weight:600}"
    ".v0{color:var(--open);font-weight:600}.v-1{color:var(--bad);font-weight:600}"
    "figure{margin:1.2rem 0}figure "
    "svg{max-width:100%;height:auto;background:#fff;border-radius:6px}"
    "ol.sources{font-size:.86rem;padding-left:2.4rem}ol.sources li{margin:.25rem 0;max-width:60rem;"
    "overflow-wrap:anywhere}th[data-sort]{cursor:pointer}"
    "@media (max-width:40rem){nav{columns:1}body{font-size:14px}}"
    "@media print{:root{--ink:#000;--soft:#444;--line:#bbb;--bar:#fff;--paper:#fff;--link:#000}"
    "html{font-size:12px}body{font-size:8.6pt;line-height:1.35}main{max-width:none;padding:0}h1{"
    "font-size:1.6rem}"
    "h2{break-after:avoid;font-size:1.3rem;margin:1.4rem 0 .3rem;padding-top:.4rem}"
    "h3{break-after:avoid;margin:.9rem 0 .1rem}p{max-width:none;margin:.25rem 0}nav{display:none}"
    "td{padding:.14rem .6rem .14rem 0}figure{margin:.6rem 0}"
    /* what was found, its picture and its table keep to the first page */
    "h2:nth-of-type(2){break-before:page}h2:first-of-type{margin-top:.5rem}"
    "figure:first-of-type{margin:.3rem 0}figure:first-of-type svg{max-height:54mm}"
    "tr,figure{break-inside:avoid}thead{display:table-header-group}.wide{overflow:visible}"
    "table,table.dense{font-size:7.5pt}td.t{max-width:none}td.l{min-width:0}@page{size:A4;margin:"
    "12mm 12mm}}";

/* Sorting by what the cell says: data-v where it is a number, else its text. */
static const char script[] =
    "document.querySelectorAll('table').forEach(t=>t.querySelectorAll('th').forEach((h,i)=>{"
    "h.dataset.sort='';h.addEventListener('click',()=>{const up=h.dataset.sort!=='up';"
    "t.querySelectorAll('th').forEach(o=>o.dataset.sort='');h.dataset.sort=up?'up':'down';"
    "const key=r=>{const c=r.cells[i];return c.dataset.v===undefined?c.textContent.trim():"
    "+c.dataset.v};const b=t.tBodies[0];[...b.rows].sort((x,y)=>{const p=key(x),q=key(y);"
    "const d=typeof p==='number'&&typeof q==='number'?p-q:String(p).localeCompare(String(q));"
    "return up?d:-d}).forEach(r=>b.append(r))})}));";

static const char *said(const struct document *document, const char *en, const char *ru)
{
    return document->lang == REPORT_RU ? ru : en;
}

static void write_element(struct buffer *out, const char *open, const char *text, const char *close)
{
    buffer_string(out, open);
    map_escape(out, text);
    buffer_string(out, close);
}

static void write_reference(void *context, uint32_t number)
{
    struct buffer *out = context;
    buffer_printf(out, "<a href=\"#s%" PRIu32 "\">[%" PRIu32 "]</a> ", number, number);
}

static void write_cell(const struct document *document, const struct document_column *column,
                       const struct document_cell *cell, struct buffer *out)
{
    struct buffer text = {0};
    bool number = column->kind == DOCUMENT_NUMBER;
    if (number && !isnan(cell->low) && !isnan(cell->high) && !isnan(cell->value)) {
        struct document_cell band = document_band(cell->value, NAN, NAN, cell->decimals);
        document_cell_text(document, column, &band, &text);
        buffer_string(&text, " <small>(");
        format_number(&text, cell->low, cell->decimals, document->lang);
        buffer_string(&text, "…");
        format_number(&text, cell->high, cell->decimals, document->lang);
        buffer_string(&text, ")</small>");
    } else {
        struct buffer plain = {0};
        document_cell_text(document, column, cell, &plain);
        map_escape(&text, buffer_get(&plain));
        buffer_clear(&plain);
    }
    if (column->kind == DOCUMENT_VERDICT) {
        buffer_printf(out, "<td class=\"t v%d\">", cell->mood);
    } else if (number || column->kind == DOCUMENT_DATE) {
        buffer_printf(out, "<td class=\"%s\" data-v=\"", number ? "n" : "t d");
        buffer_real(out, isnan(cell->value) ? -1e300 : cell->value);
        buffer_string(out, "\">");
    } else {
        uint32_t width = text_width(text_view_of(buffer_get(&text)));
        /* "2025-01-01..12-02" is not to break at its dashes */
        bool is_word = width <= WORD_TEXT && !strchr(buffer_get(&text), ' ');
        buffer_printf(out, "<td class=\"t%s\">", width > LONG_TEXT ? " l" : is_word ? " d" : "");
    }
    buffer_string(out, buffer_get(&text));
    buffer_string(out, "</td>");
    buffer_clear(&text);
}

static void write_head(const struct document *document, const struct document_table *table,
                       struct buffer *out)
{
    buffer_string(out, "<thead><tr>");
    for (uint32_t c = 0; c < table->column_count; c++) {
        const struct document_column *column = &table->columns[c];
        buffer_string(out, column->kind == DOCUMENT_NUMBER ? "<th class=\"n\">" : "<th>");
        map_escape(out, column->head);
        if (column->unit && *column->unit) {
            write_element(out, "<small>", column->unit, "</small>");
        }
        buffer_string(out, "</th>");
    }
    if (document_has_sources(table)) {
        write_element(out, "<th>", said(document, "Sources", "Источники"), "</th>");
    }
    buffer_string(out, "</tr></thead>\n");
}

static void write_table(const struct document *document, const struct document_table *table,
                        struct buffer *out)
{
    buffer_printf(out, "<section id=\"t-%s\">\n", table->key);
    write_element(out, "<h3>", table->title, "</h3>\n");
    write_element(out, "<p class=\"scope\">", table->scope, "</p>\n<div class=\"wide\">");
    buffer_string(out,
                  table->column_count >= DENSE_COLUMNS ? "<table class=\"dense\">\n" : "<table>\n");
    write_head(document, table, out);
    buffer_string(out, "<tbody>\n");
    for (uint32_t r = 0; r < table->row_count; r++) {
        buffer_string(out, "<tr>");
        for (uint32_t c = 0; c < table->column_count; c++) {
            write_cell(document, &table->columns[c], &table->rows[r].cells[c], out);
        }
        if (document_has_sources(table)) {
            buffer_string(out, "<td class=\"s\">");
            document_references(document, &table->rows[r], write_reference, out);
            buffer_string(out, "</td>");
        }
        buffer_string(out, "</tr>\n");
    }
    buffer_string(out, "</tbody></table></div>\n");
    if (table->note) {
        write_element(out, "<p class=\"note\">", table->note, "</p>\n");
    }
    buffer_string(out, "</section>\n");
}

static void write_block(const struct document *document, const struct document_block *block,
                        struct buffer *out)
{
    if (block->kind == DOCUMENT_IS_TABLE) {
        write_table(document, block->table, out);
    } else if (block->kind == DOCUMENT_IS_PICTURE) {
        buffer_string(out, "<figure>\n");
        buffer_string(out, block->text);
        write_element(out, "<figcaption>", block->caption ? block->caption : "",
                      "</figcaption>\n</figure>\n");
    } else {
        write_element(out, "<p>", block->text, "</p>\n");
    }
}

static void write_sources(const struct document *document, struct buffer *out)
{
    if (document->reference_count == 0) {
        return;
    }
    write_element(out, "<h2 id=\"sources\">", said(document, "Sources", "Источники"),
                  "</h2>\n<ol class=\"sources\">\n");
    for (uint32_t i = 0; i < document->reference_count; i++) {
        const struct zhol_corridor *corridor = document->corridor;
        uint32_t count, begin, end;
        const struct zhol_source *rows = zhol_corridor_source(corridor, &count);
        zhol_corridor_rows(corridor, ZHOL_TABLE_source, document->references[i], &begin, &end);
        const struct zhol_source *row = &rows[begin];
        const char *url = zhol_corridor_text(corridor, row->url);
        buffer_printf(out, "<li id=\"s%" PRIu32 "\">", i + 1);
        map_escape(out, zhol_corridor_text(corridor, document->lang == REPORT_RU && row->title_ru
                                                         ? row->title_ru
                                                         : row->title));
        if (*zhol_corridor_text(corridor, row->publisher)) {
            write_element(out, ", ", zhol_corridor_text(corridor, row->publisher), "");
        }
        if (row->date != ZHOL_BLANK_DATE) {
            buffer_string(out, ", ");
            format_day(out, row->date, document->lang);
        }
        write_element(out, " (", report_source_kind(row->kind, document->lang), ")");
        if (*url) {
            write_element(out, ". ", url, "");
        }
        buffer_string(out, "</li>\n");
    }
    buffer_string(out, "</ol>\n");
}

static void write_contents(const struct document *document, struct buffer *out)
{
    buffer_string(out, "<nav>\n");
    for (uint32_t i = 0; i < document->count; i++) {
        buffer_printf(out, "<a href=\"#%s\">%" PRIu32 ". ", document->sections[i].key, i + 1);
        write_element(out, "", document->sections[i].title, "</a>\n");
    }
    if (document->reference_count) {
        write_element(out, "<a href=\"#sources\">", said(document, "Sources", "Источники"),
                      "</a>\n");
    }
    buffer_string(out, "</nav>\n");
}

enum zhol_error document_write_html(const struct document *document, struct buffer *out)
{
    buffer_printf(out, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n",
                  document->lang == REPORT_RU ? "ru" : "en");
    buffer_string(out, "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n"
                       "<meta name=\"color-scheme\" content=\"light dark\">\n");
    write_element(out, "<title>", document->title, "</title>\n");
    buffer_printf(out, "<style>%s</style>\n</head>\n<body>\n<main>\n", style);
    write_element(out, "<h1>", document->title, "</h1>\n");
    write_element(out, "<p class=\"about\">", document->about, "</p>\n");
    write_contents(document, out);
    for (uint32_t i = 0; i < document->count; i++) {
        const struct document_section *section = &document->sections[i];
        buffer_printf(out, "<h2 id=\"%s\">%" PRIu32 ". ", section->key, i + 1);
        write_element(out, "", section->title, "</h2>\n");
        for (uint32_t b = 0; b < section->count; b++) {
            write_block(document, &section->blocks[b], out);
        }
    }
    write_sources(document, out);
    buffer_printf(out, "</main>\n<script>%s</script>\n</body>\n</html>\n", script);
    return document->error ? document->error : out->error;
}
