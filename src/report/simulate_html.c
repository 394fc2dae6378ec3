/* simulate_html.c: a simulation as one page: plots, then the tables. See simulate_view.h.
 *
 * The page needs nothing but itself. The tables are those of the terminal, in a fixed font, so that
 * both say the same. */
#include "report/map.h"
#include "report/simulate_view.h"

void simulate_write_html(const struct simulate_view *view, const char *head, struct buffer *out)
{
    const char *lang = view->lang == REPORT_RU ? "ru" : "en";
    struct buffer text;
    buffer_init(&text);
    buffer_printf(out, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n",
                  lang);
    buffer_string(out, "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n"
                       "<title>");
    map_escape(out, view_word(view, SIM_TITLE));
    buffer_string(out, "</title>\n<style>body{font-family:system-ui,\"DejaVu Sans\",\"Noto Sans\","
                       "sans-serif;margin:1.5rem auto;max-width:62rem;padding:0 1rem;color:#111;"
                       "background:#fff}h1{font-size:1.3rem;margin:0 0 .3rem}p{margin:.2rem 0 1rem;"
                       "color:#444}pre{font:13px/1.45 \"DejaVu Sans Mono\",monospace;"
                       "overflow-x:auto;background:#f7f7f7;padding:1rem;border-radius:6px}"
                       "svg{max-width:100%;height:auto}</style>\n</head>\n<body>\n<h1>");
    map_escape(out, view_word(view, SIM_TITLE));
    buffer_string(out, "</h1>\n<p>");
    map_escape(out, head);
    buffer_string(out, "</p>\n");
    simulate_write_svg(view, out);
    simulate_write_table(view, &text);
    buffer_string(out, "<pre>");
    map_escape(out, buffer_get(&text));
    buffer_string(out, "</pre>\n</body>\n</html>\n");
    buffer_clear(&text);
}
