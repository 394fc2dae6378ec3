/* kinds.c: the fields of each kind of import and their synonyms. See kinds.h. */
#include "intake/kinds.h"

#include <string.h>

#include "base/buffer.h"

#define FIELD(name, form, need, synonyms)           \
    {                                               \
#name, FORM_##form, INTAKE_##need, synonyms \
    }

static const struct intake_field train_list[] = {
    FIELD(train, TEXT, KEY,
          "train;train number;train index;train no;номер поезда;№ поезда;индекс поезда;поезд"),
    FIELD(formed, MINUTE, KEY,
          "formed;date;departure;formed at;дата;дата формирования;дата отправления;"
          "дата и время отправления;сформирован"),
    FIELD(wagon, WAGON, KEY, "wagon;wagon number;wagon no;car;номер вагона;№ вагона;вагон;вагоны"),
    FIELD(position, WHOLE, OPT, "position;no;seq;№;№ п/п;номер по порядку;п/п;порядковый номер"),
    FIELD(container_1, CONTAINER, OPT,
          "container;container 1;container number;номер контейнера;№ контейнера;контейнер;"
          "контейнер 1;номера контейнеров"),
    FIELD(container_2, CONTAINER, OPT, "container 2;second container;контейнер 2"),
    FIELD(gross_t, REAL, OPT, "gross;gross t;gross weight;брутто;вес брутто;масса брутто;брутто т"),
    FIELD(tare_t, REAL, OPT, "tare;tare t;tare weight;тара;масса тары;вес тары;тара т"),
    FIELD(net_t, REAL, OPT, "net;net t;cargo weight;нетто;вес груза;масса груза;вес нетто"),
    FIELD(length, REAL, OPT, "length;conventional length;условная длина;усл длина;длина;у д"),
    FIELD(cargo, CARGO, OPT, "cargo;cargo code;etsng;груз;код груза;код груза етснг;етснг"),
    FIELD(destination, PLACE, OPT,
          "destination;station of destination;to;станция назначения;назначение;ст назначения;"
          "станция назн"),
    FIELD(owner, TEXT, OPT, "owner;operator;собственник;оператор;владелец"),
    FIELD(seal, TEXT, OPT, "seal;seals;пломба;пломбы;зпу;номер зпу"),
    FIELD(note, TEXT, OPT, "note;remark;примечание;отметки"),
    FIELD(gauge, WHOLE, OPT, "gauge;gauge mm;track gauge;колея;ширина колеи"),
    FIELD(ready, MINUTE, OPT,
          "ready;arrival;arrives;at the border;прибытие;прибытие на стык;готовность к сдаче"),
    FIELD(contract, MINUTE, OPT,
          "contract;contract time;due;deadline;срок;договорный срок;срок доставки"),
    FIELD(hold_until, MINUTE, OPT,
          "hold until;hold;laboratory;задержан до;лаборатория;задержка до"),
    FIELD(pre_arrival, MINUTE, OPT,
          "pre arrival;pre arrival data;data;предварительное информирование;пи;предварительная "
          "информация"),
};

static const struct intake_field containers[] = {
    FIELD(container, CONTAINER, KEY,
          "container;container number;container no;unit;номер контейнера;№ контейнера;контейнер"),
    FIELD(at, MINUTE, KEY,
          "at;date;date and time;time;event time;gate in;дата;дата и время;время;дата операции"),
    FIELD(place, PLACE, REQ,
          "place;terminal;station;location;место;терминал;станция;местонахождение;"
          "станция операции"),
    FIELD(status, TEXT, OPT, "status;operation;event;статус;операция;состояние"),
    FIELD(size_type, TEXT, OPT, "size;type;size type;iso type;тип;типоразмер;размер"),
    FIELD(gross_kg, REAL, OPT, "gross;gross kg;gross weight;брутто;вес брутто;вес брутто кг"),
    FIELD(tare_kg, REAL, OPT, "tare;tare kg;тара;вес тары;тара кг"),
    FIELD(seal, TEXT, OPT, "seal;seal number;пломба;номер пломбы"),
    FIELD(wagon, WAGON, OPT, "wagon;wagon number;platform;номер вагона;вагон;платформа"),
    FIELD(destination, PLACE, OPT, "destination;to;назначение;станция назначения"),
    FIELD(free_until, DAY, OPT,
          "free until;free storage until;бесплатно до;бесплатное хранение до;льготный срок"),
    FIELD(consignee, TEXT, OPT, "consignee;receiver;грузополучатель;получатель"),
    FIELD(note, TEXT, OPT, "note;remark;примечание"),
};

static const struct intake_field acceptance[] = {
    FIELD(date, DAY, KEY, "date;day;дата;сутки;день;отчетные сутки"),
    FIELD(place, PLACE, KEY,
          "place;crossing;station;border;переход;станция;стык;погранпереход;пункт пропуска;"
          "межгосударственный стык"),
    FIELD(direction, DIRECTION, KEY, "direction;направление;экспорт импорт"),
    FIELD(counted, COUNTED, KEY, "counted;unit;what;единица;единица измерения;ед;показатель"),
    FIELD(planned, REAL, OPT, "planned;plan;agreed;норма;план;согласовано;предъявлено;план сдачи"),
    FIELD(accepted, REAL, REQ,
          "accepted;taken;fact;actual;handed over;принято;факт;сдано;передано;прием"),
    FIELD(note, TEXT, OPT, "note;remark;примечание;причина"),
};

static const struct intake_field queue[] = {
    FIELD(checkpoint, PLACE, KEY,
          "checkpoint;place;point;border point;пункт пропуска;пункт;автопереход;апп"),
    FIELD(ticket, TEXT, KEY,
          "ticket;number;booking;queue number;номер;номер брони;номер очереди;бронь;талон"),
    FIELD(plate, TEXT, REQ,
          "plate;vehicle;truck;registration number;госномер;грнз;номер авто;машина;тягач;"
          "номер тс"),
    FIELD(direction, DIRECTION, OPT, "direction;направление"),
    FIELD(category, TEXT, OPT, "category;class;priority;категория;приоритет;вид груза"),
    FIELD(registered, MINUTE, REQ,
          "registered;registered at;booked;created;зарегистрирован;дата регистрации;"
          "время регистрации;дата брони"),
    FIELD(slot, MINUTE, OPT,
          "slot;slot time;booked for;слот;время слота;забронировано на;дата въезда"),
    FIELD(called, MINUTE, OPT, "called;called at;вызван;время вызова;дата вызова"),
    FIELD(crossed, MINUTE, OPT, "crossed;crossed at;passed;пересек;время проезда;пересек границу"),
    FIELD(status, TEXT, OPT, "status;state;статус;состояние"),
    FIELD(note, TEXT, OPT, "note;remark;примечание"),
};

static const struct intake_field ban[] = {
    FIELD(number, TEXT, KEY,
          "number;telegram;convention;ban;номер;телеграмма;номер телеграммы;конвенция;"
          "номер запрета"),
    FIELD(from, DAY, KEY, "from;valid from;begins;с;дата начала;начало;действует с"),
    FIELD(until, DAY, OPT, "until;to;valid to;ends;по;дата окончания;окончание;действует по;до"),
    FIELD(places, PLACES, OPT,
          "place;places;station;stations;crossing;станция;станции;станция назначения;переход;стык"),
    FIELD(direction, DIRECTION, OPT, "direction;направление"),
    FIELD(goods, GOODS, OPT, "goods;cargo;commodity;груз;грузы;наименование груза;род груза"),
    FIELD(exempt, GOODS, OPT, "exempt;except;exemptions;кроме;исключения;за исключением"),
    FIELD(from_country, COUNTRY, OPT, "from country;origin;страна отправления;из"),
    FIELD(to_country, COUNTRY, OPT, "to country;destination country;страна назначения;в"),
    FIELD(text, TEXT, OPT, "text;words;reason;текст;причина;содержание;примечание"),
};

static const struct intake_field hub_demand[] = {
    FIELD(hub, PLACE, KEY, "hub;from;origin;terminal;хаб;откуда;станция отправления;терминал"),
    FIELD(destination, PLACE, KEY,
          "destination;to;station of destination;назначение;куда;станция назначения"),
    FIELD(day, DAY, KEY, "day;date;ready;ready on;день;дата;готовность;дата готовности"),
    FIELD(feu, WHOLE, REQ, "feu;boxes;containers;40 ft;контейнеры;ящики;сорокафутовые;фэ;40 футов"),
};

static const struct intake_field shipments[] = {
    FIELD(shipment, TEXT, KEY,
          "shipment;consignment;number;reference;id;отправка;номер отправки;номер;ссылка"),
    FIELD(from, PLACE, REQ, "from;origin;station of origin;откуда;станция отправления"),
    FIELD(to, PLACE, REQ,
          "to;destination;station of destination;куда;назначение;станция назначения"),
    FIELD(ready, MINUTE, REQ, "ready;loads;loading;departure;готов;готовность;погрузка"),
    FIELD(commodity, TEXT, OPT, "commodity;goods;cargo;груз;наименование груза"),
    FIELD(teu, REAL, OPT, "teu;дфэ;тэу"),
    FIELD(tonnes, REAL, OPT, "tonnes;t;тонн;т;вес"),
    FIELD(deadline, MINUTE, OPT, "deadline;promised;due;срок;обещано;срок доставки"),
    FIELD(at, PLACE, OPT, "at;place;location;seen at;где;место;станция операции;местонахождение"),
    FIELD(seen, MINUTE, OPT, "seen;at time;last seen;event time;когда;время операции"),
    FIELD(documents, TEXT, OPT, "documents;papers;документы"),
    FIELD(parties, TEXT, OPT, "parties;shipper;consignee;стороны;отправитель;получатель"),
};

/* What a user's own lists forbid or want looked at: sanctions, dual use, customers. */
static const struct intake_field screen[] = {
    FIELD(list, TEXT, KEY, "list;source;regulation;список;перечень;источник"),
    FIELD(what, TEXT, KEY, "what;hs;hs code;code;party;name;company;тн вэд;код;сторона;компания"),
    FIELD(to_country, COUNTRY, OPT, "to country;destination country;страна назначения;в"),
    FIELD(through, COUNTRY, OPT, "through;transit;transit country;транзит;через страну"),
};

#define RULES(name, file, fields)                             \
    {                                                         \
        name, file, fields, sizeof(fields) / sizeof *(fields) \
    }

static const struct intake_rules rules[INTAKE_KIND_COUNT] = {
    [INTAKE_TRAIN_LIST] = RULES("train-list", "train_list.csv", train_list),
    [INTAKE_CONTAINERS] = RULES("containers", "containers.csv", containers),
    [INTAKE_ACCEPTANCE] = RULES("acceptance", "acceptance.csv", acceptance),
    [INTAKE_QUEUE] = RULES("queue", "queue.csv", queue),
    [INTAKE_BAN] = RULES("ban", "rule.csv", ban),
    [INTAKE_HUB_DEMAND] = RULES("hub-demand", "hub_demand.csv", hub_demand),
    [INTAKE_SHIPMENTS] = RULES("shipments", "shipments.csv", shipments),
    [INTAKE_SCREEN] = RULES("screen", "screen.csv", screen),
};

const struct intake_rules *intake_rules(enum intake_kind kind)
{
    return (unsigned)kind < INTAKE_KIND_COUNT ? &rules[kind] : NULL;
}

enum intake_kind intake_kind_from(const char *name)
{
    for (int k = 0; k < INTAKE_KIND_COUNT; k++) {
        if (strcmp(rules[k].name, name) == 0) {
            return (enum intake_kind)k;
        }
    }
    return INTAKE_KIND_COUNT;
}

/* Small letters and digits, words separated by one blank; "ё" as "е". */
static void normalise(struct text_view text, struct buffer *out)
{
    uint32_t position = 0;
    bool blank = false;
    while (position < text.size) {
        uint32_t point = text_fold(text_utf8_next(text, &position));
        bool letter = (point >= '0' && point <= '9') || (point >= 'a' && point <= 'z') ||
                      (point > 0xBF && point != 0x2116);
        point = point == 0x451 ? 0x435 : point;
        if (!letter) {
            blank = out->size > 0;
            continue;
        }
        char one[4];
        buffer_string(out, blank ? " " : "");
        buffer_append(out, one, text_utf8_put(point, one));
        blank = false;
    }
}

static bool is_header(const char *header, struct text_view synonym)
{
    struct buffer a, b;
    buffer_init(&a);
    buffer_init(&b);
    normalise(text_view_of(header), &a);
    normalise(synonym, &b);
    bool equal = a.size && strcmp(buffer_get(&a), buffer_get(&b)) == 0;
    /* "№" alone has no letters */
    equal = equal || (!a.size && !b.size && text_equal_string(synonym, header));
    buffer_clear(&a);
    buffer_clear(&b);
    return equal;
}

uint32_t intake_field_named(const struct intake_rules *of, const char *header)
{
    for (uint32_t f = 0; f < of->count; f++) {
        struct text_view rest = text_view_of(of->fields[f].synonyms);
        if (is_header(header, text_view_of(of->fields[f].name))) {
            return f;
        }
        while (rest.size) {
            if (is_header(header, text_cut(&rest, ';'))) {
                return f;
            }
        }
    }
    return UINT32_MAX;
}

const char *intake_form_text(enum intake_form form)
{
    static const char *const texts[] = {
        [FORM_TEXT] = "text",
        [FORM_DAY] = "a date such as 2026-01-31 or 31.01.2026",
        [FORM_MINUTE] = "a date and time such as 2026-01-31 08:00 or 31.01.2026 08:00",
        [FORM_WHOLE] = "a whole number >= 0",
        [FORM_REAL] = "a number >= 0",
        [FORM_CONTAINER] = "a container number with its check digit, such as CSQU3054383",
        [FORM_WAGON] =
            "a wagon number: 8 digits (1520 mm) or 12 (UIC) with check digit, 7 in China",
        [FORM_CARGO] = "a six-digit ETSNG cargo code with its check digit",
        [FORM_PLACE] = "a place of the corridor: a name, a UN/LOCODE, an ESR code or an identifier",
        [FORM_PLACES] = "places of the corridor, separated by ';'",
        [FORM_DIRECTION] = "in or out (import or export)",
        [FORM_COUNTED] = "trains, wagons, trucks or TEU",
        [FORM_COUNTRY] = "a country: an ISO code such as KZ, or its Russian name",
        [FORM_GOODS] = "goods or classes of cargo of the corridor, separated by ';'",
    };
    return (unsigned)form < sizeof texts / sizeof *texts ? texts[form] : "";
}
