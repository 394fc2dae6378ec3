/* outbox_words.c: the sentences. See outbox_words.h. */
#include "operate/outbox_words.h"

#include <jansson.h>
#include <string.h>

#include "base/time.h"

enum lang {
#define LANG(name) LANG_##name,
    OUTBOX_LANGS(LANG)
#undef LANG
        LANG_COUNT
};
static const char *const langs[] = {
#define LANG(name) #name,
    OUTBOX_LANGS(LANG)
#undef LANG
};

static const struct sentence {
    const char *template;
    const char *in[LANG_COUNT];
} sentences[] = {
    {"called",
     {"Zhol: place {number}, {queue}: you are called. Drive to the checkpoint now.",
      "Zhol: место {number}, {queue}: вас вызывают. Проезжайте к пункту пропуска.",
      "Zhol: {number}-орын, {queue}: сізді шақырды. Қазір өткізу пунктіне өтіңіз.",
      "Zhol:{queue} {number}号:已叫到您,请立即前往口岸。"}},
    {"moved",
     {"Zhol: place {number}, {queue}: your time was moved from {old_slot} to {slot}.",
      "Zhol: место {number}, {queue}: ваше время перенесено с {old_slot} на {slot}.",
      "Zhol: {number}-орын, {queue}: уақытыңыз {old_slot} орнына {slot} болды.",
      "Zhol:{queue} {number}号:您的时间由{old_slot}改为{slot}。"}},
    {"closed",
     {"Zhol: place {number}, {queue}: closed at {old_slot}, and no other time is free. See the "
      "page of your place.",
      "Zhol: место {number}, {queue}: {old_slot} закрыто, другого свободного времени нет. "
      "Смотрите страницу места.",
      "Zhol: {number}-орын, {queue}: {old_slot} жабық, басқа бос уақыт жоқ. Орныңыздың бетін "
      "қараңыз.",
      "Zhol:{queue} {number}号:{old_slot}口岸关闭,暂无其他空余时间。请查看您的排队页面。"}},
    {"drawn",
     {"Zhol: place {number}, {queue}: your request was drawn. Your time: {slot}.",
      "Zhol: место {number}, {queue}: по жребию вы получили время {slot}.",
      "Zhol: {number}-орын, {queue}: жеребе бойынша уақытыңыз: {slot}.",
      "Zhol:{queue} {number}号:您已中签,时间:{slot}。"}},
    {"not_drawn",
     {"Zhol: {queue}: your request was not drawn. You may ask again in the next round.",
      "Zhol: {queue}: по жребию места вам не досталось. Подайте заявку в следующем круге.",
      "Zhol: {queue}: жеребе бойынша орын тимеді. Келесі айналымда өтінім беріңіз.",
      "Zhol:{queue}:您未中签,可在下一轮再次申请。"}},
    {"missed",
     {"Zhol: place {number}, {queue}: the place has ended because you were not there in time. You "
      "may appeal.",
      "Zhol: место {number}, {queue}: место снято, вас не было вовремя. Вы можете подать жалобу.",
      "Zhol: {number}-орын, {queue}: уақытында болмадыңыз, орын алынды. Шағым бере аласыз.",
      "Zhol:{queue} {number}号:您未按时到达,号位已失效。您可以申诉。"}},
    {"code",
     {"Zhol: your code is {code}. It holds for 10 minutes. Tell it to nobody.",
      "Zhol: ваш код {code}. Действует 10 минут. Никому его не сообщайте.",
      "Zhol: кодыңыз {code}. 10 минут жарамды. Оны ешкімге айтпаңыз.",
      "Zhol:您的验证码为{code},10分钟内有效,请勿告知他人。"}},
    {"appeal",
     {"Zhol: place {number}, {queue}: your appeal was upheld.",
      "Zhol: место {number}, {queue}: ваша жалоба удовлетворена.",
      "Zhol: {number}-орын, {queue}: шағымыңыз қанағаттандырылды.",
      "Zhol:{queue} {number}号:您的申诉已获支持。"}},
};
static const struct sentence rejected = {
    "appeal",
    {"Zhol: place {number}, {queue}: your appeal was rejected. {note}",
     "Zhol: место {number}, {queue}: ваша жалоба отклонена. {note}",
     "Zhol: {number}-орын, {queue}: шағымыңыз қабылданбады. {note}",
     "Zhol:{queue} {number}号:您的申诉被驳回。{note}"}};
static const struct sentence title_of_place = {
    "",
    {"Zhol: place {number}, {queue}", "Zhol: место {number}, {queue}",
     "Zhol: {number}-орын, {queue}", "Zhol:{queue} {number}号"}};
static const struct sentence title_of_queue = {
    "", {"Zhol: {queue}", "Zhol: {queue}", "Zhol: {queue}", "Zhol:{queue}"}};
static const struct sentence title_of_code = {
    "", {"Zhol: your code", "Zhol: ваш код", "Zhol: кодыңыз", "Zhol:您的验证码"}};

static int lang_of(const char *lang)
{
    for (int i = 0; i < LANG_COUNT; i++) {
        if (strcmp(langs[i], lang) == 0) {
            return i;
        }
    }
    return -1;
}

static const struct sentence *sentence_of(const char *template)
{
    for (size_t i = 0; i < sizeof sentences / sizeof *sentences; i++) {
        if (strcmp(sentences[i].template, template) == 0) {
            return &sentences[i];
        }
    }
    return NULL;
}

bool outbox_template_known(const char *template)
{
    return sentence_of(template) != NULL;
}

bool outbox_lang_known(const char *lang)
{
    return lang_of(lang) >= 0;
}

const char *outbox_template(uint32_t i)
{
    return i < sizeof sentences / sizeof *sentences ? sentences[i].template : NULL;
}

struct filling {
    const struct outbox_options *options;
    const json_t *fields;
    const char *lang;
};

static void put_time(const struct filling *filling, int64_t at_s, const char *queue,
                     struct buffer *out)
{
    char name[64] = "", text[TIME_TEXT_SIZE];
    int32_t offset_s = 0;
    bool local = filling->options->describe != NULL;
    if (local) {
        filling->options->describe(filling->options->describe_context, queue, filling->lang, at_s,
                                   name, &offset_s);
    }
    time_format_minute(at_s + offset_s, text);
    buffer_string(out, text);
    buffer_string(out, local ? "" : " UTC");
}

static void put_queue(const struct filling *filling, const char *queue, struct buffer *out)
{
    char name[64] = "";
    int32_t offset_s = 0;
    if (filling->options->describe) {
        filling->options->describe(filling->options->describe_context, queue, filling->lang, 0,
                                   name, &offset_s);
    }
    buffer_string(out, name[0] ? name : queue);
}

static void put_field(const struct filling *filling, const char *name, struct buffer *out)
{
    const json_t *value = json_object_get(filling->fields, name);
    const char *queue = json_string_value(json_object_get(filling->fields, "queue"));
    bool time = strcmp(name, "slot") == 0 || strcmp(name, "old_slot") == 0;
    if (time && json_is_integer(value)) {
        put_time(filling, json_integer_value(value), queue ? queue : "", out);
    } else if (strcmp(name, "queue") == 0 && queue) {
        put_queue(filling, queue, out);
    } else if (json_is_integer(value)) {
        buffer_int(out, json_integer_value(value));
    } else if (json_is_string(value)) {
        buffer_string(out, json_string_value(value));
    } else {
        buffer_char(out, '-');
    }
}

static void fill(const struct filling *filling, const char *sentence, struct buffer *out)
{
    char name[32];
    for (const char *at = sentence; *at;) {
        const char *end = *at == '{' ? strchr(at, '}') : NULL;
        size_t size = end ? (size_t)(end - at) - 1 : 0;
        if (end && size < sizeof name) {
            memcpy(name, at + 1, size);
            name[size] = '\0';
            put_field(filling, name, out);
            at = end + 1;
        } else {
            buffer_char(out, *at++);
        }
    }
    while (out->size && out->bytes[out->size - 1] == ' ') {
        out->bytes[--out->size] = '\0';
    }
}

enum zhol_error outbox_text(const struct outbox_options *options, const char *template,
                            const char *lang, struct text_view fields, struct buffer *title,
                            struct buffer *text)
{
    const struct sentence *sentence = sentence_of(template);
    const struct sentence *head = &title_of_place;
    int in = lang_of(lang);
    if (!sentence || in < 0) {
        return ZHOL_ERROR_UNKNOWN;
    }
    json_t *object = json_loadb(fields.bytes, fields.size, JSON_REJECT_DUPLICATES, NULL);
    if (!json_is_object(object)) {
        json_decref(object);
        return ZHOL_ERROR_SYNTAX;
    }
    const char *decision = json_string_value(json_object_get(object, "decision"));
    if (strcmp(template, "appeal") == 0 && decision && strcmp(decision, "rejected") == 0) {
        sentence = &rejected;
    }
    if (strcmp(template, "code") == 0) {
        head = &title_of_code;
    } else if (!json_object_get(object, "number")) {
        head = &title_of_queue;
    }
    struct filling filling = {options, object, lang};
    buffer_reset(title);
    buffer_reset(text);
    fill(&filling, head->in[in], title);
    fill(&filling, sentence->in[in], text);
    json_decref(object);
    return title->error ? title->error : text->error;
}
