/* test_corridor_slips.c: every kind of slip in a corridor gives its finding: file, row, column,
 * what was found, what was expected; and nothing else.
 *
 * Each slip replaces one piece of one file of tests/data/tiny (an empty piece: at the end) and
 * names all findings that must follow, in order.
 */
#include <zhol/corridor.h>

#include "check.h"
#include "tiny_copy.h"

struct slip {
    const char *file, *find, *replace, *want;
};

static const struct slip cells_and_headers[] = {
    {"source.csv", "2025-12-01", "1 Dec 2025",
     "source.csv:3: date: found \"1 Dec 2025\", expected a date as YYYY-MM-DD, YYYY-MM or YYYY\n"},
    {"node.csv", "KZALA", "KZALAA",
     "node.csv:5: unlocode: found \"KZALAA\", expected a UN/LOCODE: two letters of the country and "
     "three of the place, such as KZALA\n"},
    {"node.csv", "Asia/Aqtau", "Asia/Aqtaw",
     "node.csv:6: time_zone: found \"Asia/Aqtaw\", expected a time zone of the system's tz "
     "database, such as Asia/Almaty\n"},
    {"node.csv", "Asia/Aqtau", "Asia Aqtau",
     "node.csv:6: time_zone: found \"Asia Aqtau\", expected a name of the tz database such as "
     "Asia/Almaty\n"},
    {"node.csv", ",KZ,Asia/Aqtau", ",KX,Asia/Aqtau",
     "node.csv:6: country: found \"KX\", expected an ISO 3166-1 alpha-2 code such as KZ\n"},
    {"node.csv", ",51.2,43.6", ",51.2,143.6",
     "node.csv:6: y_coord: found \"143.6\", expected a latitude in degrees, -90 to 90\n"},
    {"node.csv", "Alat,49.4", "Aktau,49.4",
     "node.csv:7: name: warning: found \"Aktau\", expected a name of its own: AKTAU has the same, "
     "so that asking for it is ambiguous\n"},
    {"node.csv", "KZALA,verified", ",verified",
     "node.csv:5: unlocode_status: found \"verified\", expected none or absent, for unlocode is "
     "blank\n"},
    {"node.csv", "KZAKU", "CNAKU",
     "node.csv:6: unlocode: warning: found \"CNAKU\", expected a code that begins with the "
     "country, KZ\n"},
    {"node.csv", "ALMATY,Almaty,76.93,43.26,hub,", "ALMATY,Almaty,76.93,43.26,hub,ALMATY",
     "node.csv:5: parent_node_id: found \"ALMATY\", expected a place that is not part of this "
     "one\n"},
    {"node.csv", "",
     "NOWHERE,Nowhere,70,50,city,,,,,,KZ,Asia/Almaty,,none,,,high,press-tiny,high,,\n",
     "node.csv:8: node_id: found \"NOWHERE\", expected a place with at least one link; join it, "
     "make it a region, or say why in note\n"},
    {"node.csv", "Asia/Aqtau,KZAKU,unverified", "Asia/Aqtau,,none", ""},
    {"node.csv", "Asia/Aqtau,KZAKU,unverified", "Asia/Aqtau,KZAKU,none",
     "node.csv:6: unlocode_status: found \"none\", expected verified, far, no_coordinates, absent "
     "or unverified, for unlocode is given\n"},
    {"config.csv", "m,km,", "m,mile,",
     "config.csv:2: long_length: found \"mile\", expected km: node.csv and link.csv have no other "
     "unit\n"},
    {"config.csv", "m,km,km/h", "m,km,kph", ""},
    {"datapackage.json", "2026-01-31", "2026-02-31",
     "datapackage.json: as_of: found \"2026-02-31\", expected the day to which the corridor is "
     "dated, as YYYY-MM-DD\n"},
    {"datapackage.json", "\"tiny\"", "\"Tiny!\"",
     "datapackage.json: name: found \"Tiny!\", expected a name of small letters, digits and -._ "
     "(Frictionless Data Package)\n"},
    {"datapackage.json", "{", "[", "datapackage.json:2: is not JSON: ']' expected near ':'\n"},
    {"datapackage.json", "\"title\":", "\"name\":",
     "datapackage.json:3: is not JSON: duplicate object key near '\"name\"'\n"},
};

static const struct slip ways[] = {
    {"link.csv", "S003,Dostyk-Almaty,DOSTYK", "S003,Dostyk-Almaty,DOSTIK",
     "link.csv:7: from_node_id: found \"DOSTIK\", expected a node_id of node.csv; nearest: "
     "DOSTYK\n"},
    {"link.csv", ",1230,", ",-1230,",
     "link.csv:7: length: found \"-1230\", expected a number of km, 0 to 50000\n"},
    {"link.csv", ",1230,", ",12a30,",
     "link.csv:7: length: found \"12a30\", expected a number of km, 0 to 50000\n"},
    {"link.csv", ",1230,", ",,",
     "link.csv:7: length: is blank; expected a number of km, 0 to 50000\n"},
    {"link.csv", ",3100,", ",100,",
     "link.csv:8: length_low: found \"2900\", expected at most the length of the row\n"
     "link.csv:8: length: found \"100\", expected at least 2075.3 km, the distance of its ends on "
     "the earth (a link cannot be shorter); check length and coordinates\n"},
    {"link.csv", ",3100,", ",9100,",
     "link.csv:8: length_high: found \"3400\", expected at least the length of the row\n"
     "link.csv:8: length: warning: found \"9100\", expected at most 3.5 times the distance of its "
     "ends (2075.3 km), or a note that says why\n"},
    {"link.csv", "ALMATY,AKTAU", "ALMATY,ALMATY",
     "node.csv:6: node_id: warning: found \"AKTAU\", expected a way on or a handling from or to "
     "the yard: this is a dead end, links lead only to ALAT\n"
     "link.csv:8: to_node_id: found \"ALMATY\", expected another place than from_node_id: a link "
     "joins two places\n"},
    {"link.csv", "rail,1520,KZ,,2900", "rail,,KZ,,2900",
     "link.csv:8: gauge_mm: is blank; a rail link has one gauge: 1435 or 1520 (two gauges: two "
     "links)\n"},
    {"link.csv", "sea,,", "sea,1520,",
     "link.csv:9: gauge_mm: found \"1520\", expected a blank cell: only rail has a gauge, and the "
     "mode is sea\n"},
    {"link.csv", "rail,1520,KZ,,2900", "rail,1521,KZ,,2900",
     "link.csv:8: gauge_mm: found \"1521\", expected a gauge in mm: 1000, 1067, 1435, 1520 or "
     "1676\n"},
    {"link.csv", "rail,1520,KZ,,2900", "rail,1067,KZ,,2900",
     "link.csv:8: gauge_mm: found \"1067\", expected 1435 or 1520: there is no cargo state for "
     "other gauges\n"},
    {"link.csv", "rail,1520,KZ,,2900", "trail,1520,KZ,,2900",
     "link.csv:8: mode: found \"trail\", expected one of: rail, road, sea, river, oil, gas, air, "
     "caravan\n"},
    {"link.csv", "ALASHANKOU,DOSTYK,true", "ALASHANKOU,DOSTYK,false",
     "link.csv:3: directed: found \"false\", expected true: a link from CN to KZ is two directed "
     "rows, each with its controls\n"
     "link_control.csv:2: link_id: found \"S002F1435\", expected a directed link: controls differ "
     "by direction\n"
     "link_control.csv:3: link_id: found \"S002F1435\", expected a directed link: controls differ "
     "by direction\n"},
    {"link.csv", "ALASHANKOU,DOSTYK,true", "ALASHANKOU,DOSTYK,yes",
     "link.csv:3: directed: found \"yes\", expected true or false\n"},
    {"link.csv", "A001,", "S004,",
     "link_period.csv:11: link_id: found \"A001\", expected a link_id of link.csv; nearest: S001, "
     "S003, S004\n"
     "link.csv:10: link_id: found \"S004\", expected a primary key of its own: link_id S004 stands "
     "in link.csv:8 already\n"},
    {"link.csv", ",3100,,,", ",3100,40,80,",
     "link.csv:8: capacity: found \"40\", expected a blank cell: capacity belongs to resource.csv\n"
     "link.csv:8: free_speed: found \"80\", expected a blank cell: speed belongs to "
     "link_period.csv\n"},
    {"link.csv", "from_node_id", "from_node",
     "link.csv:1: found \"from_node\", expected a column of table link; nearest: from_node_id; a "
     "column of your own begins with x_\n"
     "link.csv:1: from_node_id: the header lacks this column (GMNS: start); add it\n"
     "note: the checks between tables wait until every file and header is there\n"},
    {"link.csv", "section_id", "name",
     "link.csv:1: name: found \"name\", expected each column once; remove one of the two\n"},
    {"link.csv", "section_id", "x_section", ""},
    {"link.csv", "LINESTRING (108.94 34.34", "LINESTRING (108.94 134.34",
     "link.csv:2: geometry: found \"LINESTRING (108.94 134.34, 103.8 36.06, 87.6 43.8, 82.57 "
     "45.17)\", expected LINESTRING (lon lat, lon lat, ...) with at least two pairs in degrees\n"},
    {"link.csv", "LINESTRING (108.94 34.34", "LINESTRING (98.94 34.34",
     "link.csv:2: geometry: warning: found \"LINESTRING (98.94 34.34, 103.8 36.06, 87.6 43.8, "
     "82.57 45.17)\", expected a line that begins near XIAN; it is 919 km away\n"},
    {"link.csv", "3300,3600,assumed", "3500,3600,assumed",
     "link.csv:2: length_low: found \"3500\", expected at most the length of the row\n"},
    {"link.csv", "3300,3600,assumed", "3300,3350,assumed",
     "link.csv:2: length_high: found \"3350\", expected at least the length of the row\n"},
    {"link.csv", "3300,3600,assumed", ",3600,assumed",
     "link.csv:2: length_low: is blank; length is assumed (see source_id) and needs length_low and "
     "length_high\n"},
    {"link.csv", "S005,Aktau-Alat", "S005, Aktau-Alat",
     "link.csv:9: name: found \" Aktau-Alat\", expected text without control characters, line ends "
     "and spaces at its sides\n"},
    {"link_period.csv", "S003,,2025-09-30", "S003,,2025-10-30",
     "link_period.csv:8: valid_from: found \"2025-09-30\", expected a first day not before the "
     "valid_to of link_period.csv:7 (link_id S003, valid_from blank): their intervals overlap\n"},
    {"link_period.csv", "S003,,2025-09-30", "S003,,2025-09-31",
     "link_period.csv:7: valid_to: found \"2025-09-31\", expected a day that the calendar has, as "
     "YYYY-MM-DD, YYYY-MM or YYYY\n"},
    {"link_period.csv", "S003,,2025-09-30", "S003,2026-01-01,2025-09-30",
     "link_period.csv:7: valid_from: found \"2026-01-01\", expected a first day not before the "
     "valid_to of link_period.csv:8 (link_id S003, valid_from 2025-09-30): their intervals "
     "overlap\n"
     "link_period.csv:7: valid_to: found \"2025-09-30\", expected a day after valid_from: "
     "intervals are [valid_from, valid_to)\n"},
    {"link_period.csv", "S003,,2025-09-30", "S003,2025-09-30,2025-10-30",
     "link_period.csv:8: link_id: found \"S003\", expected a primary key of its own: link_id S003, "
     "valid_from 2025-09-30 stands in link_period.csv:7 already\n"},
    {"link_period.csv", "S005,,,operating,,ship,22", "S005,,,operating,,ship,0",
     "link_period.csv:10: speed_kmh: found \"0\", expected a speed in km/h, above 0 and up to "
     "300\n"},
    {"link_period.csv", "S005,,,operating", "S005,,,opening",
     "link_period.csv:10: status: found \"opening\", expected one of: operating, building, "
     "planned, study, closed\n"},
    {"link_control.csv", "S002F1435,1,ALASHANKOU.border_exit", "S003,1,ALASHANKOU.border_exit",
     "link_control.csv:2: link_id: found \"S003\", expected a directed link: controls differ by "
     "direction\n"},
    {"link_control.csv", "S002F1435,1,ALASHANKOU.border_exit", "S002F1435,3,ALASHANKOU.border_exit",
     "link_control.csv:2: seq: found \"3\", expected a number below that of the entry: one leaves "
     "a country first\n"},
    {"link_control.csv", "bulk,wheat", "container,wheat",
     "link_control.csv:6: class: found \"container\", expected bulk, the class of the commodity, "
     "or a blank cell\n"},
};

static const struct slip places_and_handlings[] = {
    {"handling.csv", "XIAN,yard,rail1435,XIAN.load_rail", "XIAN,yard,rail1435,ALMATY.load_rail",
     "handling.csv:2: process_id: found \"ALMATY.load_rail\", expected a process at XIAN, the "
     "place of the handling; this one is at ALMATY\n"
     "process.csv:2: process_id: warning: found \"XIAN.load_rail\", expected a process that a "
     "handling or a link_control uses, or a note that says what it is for\n"},
    {"handling.csv", "XIAN,yard,rail1435", "XIAN,yard,yard",
     "handling.csv:2: to_state: found \"yard\", expected another state than from_state: a handling "
     "changes the state\n"},
    {"handling.csv", "ALAT.sea-yard,ALAT,sea,yard,ALAT.unload",
     "ALAT.sea-yard,ALAT,sea,yard,ALAT.load",
     "process.csv:19: process_id: warning: found \"ALAT.unload\", expected a process that a "
     "handling or a link_control uses, or a note that says what it is for\n"},
    {"handling.csv", "XIAN.load_rail,,", "XIAN.load_rail,glass,",
     "handling.csv:2: class: found \"glass\", expected one of: container, bulk, general, vehicle, "
     "oil, gas\n"},
    {"process.csv", ",4,24,28.8", ",40,24,28.8",
     "process.csv:2: min_h: found \"40\", expected at most the median_h of the row\n"
     "process.csv:2: min_h: found \"40\", expected at most the mean_h of the row\n"},
    {"process.csv", "train,4,6,16", "train,0,6,16",
     "process.csv:9: servers: found \"0\", expected at least 1, or a blank cell where it is not "
     "known\n"},
    {"calendar.csv", "08:00,20:00", "20:00,08:00",
     "calendar.csv:4: close: found \"08:00\", expected a time after open; over midnight is two "
     "calendars, round the clock 00:00 to 24:00\n"},
    {"calendar_date.csv", "closed,,", "closed,08:00,10:00",
     "calendar_date.csv:2: open: found \"08:00\", expected no opening and closing times, for the "
     "kind is closed\n"},
    {"calendar_date.csv", "open,10:00", "open,",
     "calendar_date.csv:3: open: is blank; open and close are needed, for the kind is open\n"},
    {"calendar_date.csv", "2026-02-16,2026-02-20", "2026-02-20,2026-02-16",
     "calendar_date.csv:2: date_to: found \"2026-02-16\", expected a day after date_from: "
     "intervals are [date_from, date_to)\n"},
    {"service.csv", ",10:00,", ",25:00,",
     "service.csv:2: depart: found \"25:00\", expected a time of day as HH:MM, 00:00 to 24:00\n"},
    {"service.csv", ",10:00,", ",,",
     "service.csv:2: depart: is blank; a service of pattern timetable needs it\n"},
    {"service.csv", "1010100", "1010102",
     "service.csv:2: weekdays: found \"1010102\", expected seven digits 0 or 1, Monday first, such "
     "as 1111100\n"},
    {"service.csv", "1010100", "",
     "service.csv:2: weekdays: is blank; a service of pattern timetable needs it\n"},
    {"service.csv", ",72,48,120", ",,48,120",
     "service.csv:3: headway_h: is blank; a service of pattern headway needs it\n"},
    {"service.csv", ",KTZ,", ",KTS,",
     "service.csv:2: operator_id: found \"KTS\", expected an actor_id of actor.csv; nearest: "
     "KTZ\n"},
    {"service_stop.csv", "SV.XIAN-ALMATY,2,ALASHANKOU", "SV.XIAN-ALMATY,1,ALASHANKOU",
     "service_stop.csv:3: service_id: found \"SV.XIAN-ALMATY\", expected a primary key of its own: "
     "service_id SV.XIAN-ALMATY, seq 1 stands in service_stop.csv:2 already\n"},
    {"service_stop.csv", "2,ALASHANKOU,via,rail1435", "2,ALASHANKOU,via,sea",
     "service_stop.csv:3: state: found \"sea\", expected a state in which a link leaves "
     "ALASHANKOU\n"},
    {"service_stop.csv", "SV.AKTAU-ALAT,2,ALAT,stop,sea", "SV.XIAN-ALMATY,9,ALAT,stop,sea",
     "service.csv:3: service_id: found \"SV.AKTAU-ALAT\", expected a service with at least two "
     "rows in service_stop.csv\n"},
    {"service_stop.csv", ",170,", ",0,",
     "service_stop.csv:5: arrive_h: found \"0\", expected more hours than at the stops before\n"},
    {"service_stop.csv", "1,AKTAU,stop", "1,AKTAU,via",
     "service_stop.csv:6: kind: found \"via\", expected stop: a service begins and ends at "
     "stops\n"},
};

static const struct slip capacities_and_prices[] = {
    {"resource.csv", "node_id", "node-id",
     "resource.csv:1: found \"node-id\", expected a column of table resource; nearest: node_id; a "
     "column of your own begins with x_\n"},
    {"resource.csv", ",60,,,press", ",13,,,press", ""},
    {"resource.csv", ",22,18,26,", ",22,23,26,",
     "resource.csv:3: low: found \"23\", expected at most the value of the row\n"},
    {"resource.csv", ",22,18,26,", ",22,,26,",
     "resource.csv:3: low: is blank; value is assumed (see source_id) and needs low and high\n"},
    {"resource.csv", "R.DOSTYK.nameplate,,,Dostyk as published,,DOSTYK,,both,t,year,nameplate",
     "R.DOSTYK.nameplate,,,Dostyk as published,,DOSTYK,S003,both,t,year,nameplate",
     "resource.csv:8: node_id: found \"DOSTYK\", expected a blank cell: the resource is on a link "
     "already (link_id)\n"},
    {"resource.csv", "",
     "R.S003.seen,,,paths,,,S003,both,pairs,day,demonstrated,64,,,press-tiny,low,,\n",
     "resource.csv:5: value: warning: found \"12\", expected at least what resource R.S003.seen "
     "says was "
     "moved, or a note that says why less\n"
     "resource.csv:6: value: warning: found \"60\", expected at least what resource R.S003.seen "
     "says was "
     "moved, or a note that says why less\n"},
    {"resource_use.csv", "R.S001,S001", "R.S001,",
     "resource_use.csv:2: either link_id or process_id must be given, and not both\n"},
    {"resource_use.csv", "R.S001,S001", "R.S002F,S001",
     "resource.csv:2: resource_id: warning: found \"R.S001\", expected a binding capacity that "
     "resource_use.csv gives a user; this one limits nothing\n"},
    {"resource_use.csv", "S005,,,feu,2", "S005,,,feu,0",
     "resource_use.csv:9: units: found \"0\", expected a number > 0\n"},
    {"load_class.csv", "container,22,2,1,0.02", "container,22,2,0,0.02",
     "load_class.csv:3: wagons: found \"0\", expected more than 0 wagons a load unit on rails\n"},
    {"commodity.csv", "85;8471", "85;847",
     "commodity.csv:2: hs: found \"85;847\", expected items separated by ';', each an HS prefix of "
     "2, 4 or 6 digits: '847' is not\n"},
    {"commodity.csv", "container,feu", "container,wagon",
     "commodity.csv:2: load_class_id: found \"wagon\", expected a load class for cargo of class "
     "container; this one is for bulk\n"},
    {"commodity.csv", "false,false,assumed-tiny,low,,\nwheat",
     "maybe,false,assumed-tiny,low,,\nwheat",
     "commodity.csv:2: perishable: found \"maybe\", expected true or false\n"},
    {"demand.csv", "XIAN,ALMATY", "ALMATY,ALMATY",
     "demand.csv:2: to_node_id: found \"ALMATY\", expected another place than from_node_id\n"},
    {"demand.csv", "500000,,400000", ",,400000",
     "demand.csv:3: t: is blank; give tonnes (t) or teu\n"},
    {"demand.csv", "200000,350000,,", "200000,350000,7,",
     "demand.csv:2: m01_t: found \"7\", expected all twelve months or none: 1 are given\n"},
    {"demand.csv", "200000,350000,,,,,,,,,,,,,", "200000,350000,1,1,1,1,1,1,1,1,1,1,1,1,",
     "demand.csv:2: t: found \"280000\", expected the sum of its months, 12\n"},
    {"demand.csv", "assumed,,tiny", "fitted,,tiny",
     "demand.csv:2: demand_flow_id: is blank; a fitted row names its flow\n"},
    {"tariff.csv", ",450,360", ",-450,-460",
     "tariff.csv:3: value: found \"-450\", expected a price of 0 or more: only a subsidy is "
     "negative\n"},
    {"tariff.csv", ",KZT,", ",KGS,",
     "tariff.csv:3: currency: found \"KGS\", expected USD, or a currency with a rate in fx.csv in "
     "the time of the tariff\n"},
    {"tariff.csv", ",KZT,", ",ABC,",
     "tariff.csv:3: currency: found \"ABC\", expected an ISO 4217 code such as USD\n"},
    {"tariff.csv", "through,freight,,,,,,,SV.XIAN-ALMATY,XIAN",
     "through,freight,,,,,,,SV.XIAN-ALMATY,DOSTYK",
     "tariff.csv:8: from_node_id: found \"DOSTYK\", expected a place at which SV.XIAN-ALMATY "
     "stops\n"},
    {"tariff.csv", "",
     "T.again,,,consignment,documents,,,,,,,,,,,,,50,40,62.5,USD,consignment,,,assumed-tiny,low,,"
     "\n",
     "tariff.csv:18: tariff_id: warning: found \"T.again\", expected a scope of its own: "
     "T.documents (tariff.csv:17) has the same scope on some day, and which of the two holds is "
     "left to chance\n"},
    {"fx.csv", "KZT,2025-01-01", "KZT,2024-01-01",
     "fx.csv:3: valid_from: found \"2024-01-01\", expected a first day not before the valid_to of "
     "fx.csv:2 (currency KZT, valid_from blank): their intervals overlap\n"},
    {"emission.csv", "wtw", "ttw",
     "emission.csv:2: basis: warning: found \"ttw\", expected wtw: a direct factor (ttw) enters no "
     "network; convert it\n"},
    {"emission.csv", "per_tkm,road", "per_tkm,",
     "emission.csv:5: mode: is blank; a factor per tonne-km needs a mode or a link\n"},
};

static const struct slip register_rows[] = {
    {"rule.csv", "RU.wheat-ban,2026-03-01", "RU.wheat-ban,2026-13-01",
     "rule.csv:3: valid_from: found \"2026-13-01\", expected a day that the calendar has, as "
     "YYYY-MM-DD, YYYY-MM or YYYY\n"},
    {"rule.csv", "wheat,in", "wheat,forward",
     "rule.csv:3: direction: found \"forward\", expected in or out of the country; forward and "
     "backward are for links\n"},
    {"rule.csv", "ALASHANKOU,,,,,wheat", ",,,,,wheat",
     "rule.csv:3: kind: found \"ban\", expected a ban with a country, place, link or process where "
     "it holds\n"},
    {"actor.csv", "KZ_STATE,100", "KTZ,100",
     "actor.csv:4: parent_id: found \"KTZ\", expected something that does not lead back to the row "
     "itself\n"},
    {"instrument.csv", "CN_STATE;KZ_STATE", "CN_STATE;KZ_STAT",
     "instrument.csv:2: parties: found \"CN_STATE;KZ_STAT\", expected actor_ids of actor.csv "
     "separated by ';': there is no 'KZ_STAT'\n"},
    {"instrument.csv", "CN_STATE;KZ_STATE", "CN_STATE;",
     "instrument.csv:2: parties: found \"CN_STATE;\", expected actor_ids of actor.csv separated by "
     "';': there is no ''\n"},
    {"project.csv", ",second-crossing,", ",third-crossing,",
     "project.csv:3: scenario: warning: found \"third-crossing\", expected the name of a folder of "
     "scenarios/\n"},
    {"project_asset.csv", "P.second-track,,S003", "P.second-track,,",
     "project_asset.csv:2: one of node_id, link_id, process_id and resource_id must be given\n"},
    {"commitment.csv", "at_least,60", "at_least,",
     "commitment.csv:2: value: is blank; at_least needs a value\n"},
    {"event.csv", "AF001", "AF214",
     "event.csv:2: fact_id: found \"AF214\", expected items separated by ';', each a fact of the "
     "article, AF001 to AF213: 'AF214' is not\n"},
    {"series.csv", "=,10.2", "range,10.2",
     "series.csv:2: low: is blank; a range needs low and high\n"},
    {"observation.csv", "=,14.5", "gap,14.5",
     "observation.csv:2: value: found \"14.5\", expected a blank cell, for the qualifier is gap\n"},
    {"observation.csv", "DOSTYK,,,,2025-01-01,2026-01-01,,,=,14.5",
     ",S002F1435,,,2025-01-01,2026-01-01,,,=,24.5",
     "resource.csv:3: value: warning: found \"22\", expected at least what observation "
     "O.trains-2025 "
     "says was moved, or a note that says why less\n"},
    {"actor.csv", "state,,,,,press-tiny,medium,,\nKZ_STATE,Kazakhstan,Казахстан,,,KZ,state,,",
     "state,KZ_STATE,,,,press-tiny,medium,,\nKZ_STATE,Kazakhstan,Казахстан,,,KZ,state,CN_STATE,",
     "actor.csv:3: parent_id: found \"CN_STATE\", expected something that does not lead back to "
     "the "
     "row itself\n"},
    {"observation.csv", "trains/day,,", ",,",
     "observation.csv:2: unit: is blank; a value needs its unit\n"},
    {"observation.csv", ",DOSTYK,,,,2025-01-01", ",,S003,,,2025-01-01", ""},
    {"unmodelled.csv", "AF004", "AF001",
     "unmodelled.csv:2: fact_id: warning: found \"AF001\", expected a fact that no row carries; "
     "one does\n"},
};

static struct tiny tiny;

/* Every finding can be said in Russian. */
static void check_russian(const struct zhol_finding *finding)
{
    char line[2048];
    size_t size = zhol_sentence_said(finding->expected, "ru", line, sizeof line);
    if (*finding->expected && (size >= sizeof line || strcmp(line, finding->expected) == 0)) {
        CHECK_FAIL("not in Russian: %s", finding->expected);
    }
}

/* All findings as lines; the caller frees. */
static void read_findings(struct buffer *out, enum zhol_error *error)
{
    struct zhol_report report;
    struct zhol_corridor *corridor = NULL;
    char line[1024];
    zhol_report_init(&report, 0);
    *error = zhol_corridor_read(tiny.folder, NULL, &report, &corridor);
    CHECK((*error == ZHOL_ERROR_OK) == (corridor != NULL));
    CHECK((*error != ZHOL_ERROR_OK) == (zhol_report_failed(&report) != 0));
    for (uint32_t i = 0; i < report.count; i++) {
        zhol_finding_text(&report.findings[i], line, sizeof line);
        buffer_printf(out, "%s\n", line);
        check_russian(&report.findings[i]);
    }
    zhol_corridor_free(corridor);
    zhol_report_clear(&report);
}

static void try_slips(const struct slip *slips, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct buffer found;
        enum zhol_error error;
        buffer_init(&found);
        tiny_replace(&tiny, slips[i].file, slips[i].find, slips[i].replace);
        read_findings(&found, &error);
        CHECK_STR_EQ(buffer_get(&found), slips[i].want);
        tiny_restore(&tiny, slips[i].file);
        buffer_clear(&found);
    }
}

#define TRY(slips) try_slips(slips, sizeof slips / sizeof *slips)

static void test_clean(void)
{
    struct buffer found;
    enum zhol_error error;
    buffer_init(&found);
    read_findings(&found, &error);
    CHECK_INT_EQ(error, ZHOL_ERROR_OK);
    CHECK_STR_EQ(buffer_get(&found), "");
    buffer_clear(&found);
}

static void test_russian(void)
{
    struct zhol_finding finding = {.severity = ZHOL_FAULT,
                                   .code = ZHOL_ERROR_UNKNOWN,
                                   .row = 17,
                                   .file = "link.csv",
                                   .column = "to_node_id",
                                   .value = "DOSTIK",
                                   .expected = "a node_id of node.csv; nearest: DOSTYK"};
    char line[256];
    zhol_finding_text(&finding, line, sizeof line);
    CHECK_STR_EQ(line, "link.csv:17: to_node_id: found \"DOSTIK\", expected a node_id of node.csv; "
                       "nearest: DOSTYK");
    zhol_finding_said(&finding, "ru", line, sizeof line);
    CHECK_STR_EQ(line, "link.csv:17: to_node_id: найдено \"DOSTIK\", нужно: значение node_id из "
                       "node.csv; ближайшие: DOSTYK");
    finding.severity = ZHOL_WARNING;
    finding.value = "";
    finding.expected = "is blank; expected a whole number, 0 to 1000000000";
    zhol_finding_said(&finding, "ru", line, sizeof line);
    CHECK_STR_EQ(line, "link.csv:17: to_node_id: внимание: пусто; нужно: целое число, от 0 до "
                       "1000000000");
    zhol_sentence_said("as it may be", "ru", line, sizeof line);
    CHECK_STR_EQ(line, "as it may be");
    CHECK_INT_EQ(zhol_sentence_said("text", "ru", line, 4), 10);
    CHECK_STR_EQ(line, "т");
}

static void test_cells_and_headers(void)
{
    TRY(cells_and_headers);
}

static void test_ways(void)
{
    TRY(ways);
}

static void test_places_and_handlings(void)
{
    TRY(places_and_handlings);
}

static void test_capacities_and_prices(void)
{
    TRY(capacities_and_prices);
}

static void test_register(void)
{
    TRY(register_rows);
}

int main(int argc, char **argv)
{
    tiny_make(&tiny, argc > 1 ? argv[1] : ".");
    RUN(test_clean);
    RUN(test_russian);
    RUN(test_cells_and_headers);
    RUN(test_ways);
    RUN(test_places_and_handlings);
    RUN(test_capacities_and_prices);
    RUN(test_register);
    tiny_drop(&tiny);
    return check_report();
}
