/* serve/schemas_queue.h: shapes of what the endpoints of the queue take and give; see schema.h. */
#ifndef ZHOL_SERVE_SCHEMAS_QUEUE_H
#define ZHOL_SERVE_SCHEMAS_QUEUE_H

/* What every object of /v1 begins with. */
#define AS_OF "as_of:instant, demo?:bool, "

#define SERVICE_SCHEMAS(S)                                                                  \
    S(health, "{status:'ok'}")                                                              \
    S(ready, "{status:'ready'}")                                                            \
    S(problem, "{type:text, title:text, status:uint, detail:text, code:text, field?:text, " \
               "rule?:text, receipt?:receipt}")                                             \
    S(names, "{en:text, ru:text, kk:text, zh:text}")                                        \
    S(estimate, "{p50:instant|null, p90:instant|null}")                                     \
    S(span, "{start:instant, end:instant|null}|null")                                       \
    S(closure, "{from:instant|null, until:instant|null, note:text}|null")                   \
    S(meta, "{" AS_OF "corridor:text, title:names2, corridor_as_of:date, now:instant, "     \
            "languages:[text], version:text, store:'memory'|'durable', public_key:text, "   \
            "clock_speed:real, scenarios:[{id:text, name:names2}]}")                        \
    S(names2, "{en:text, ru:text}")                                                         \
    S(nothing, "{}")

#define ACCOUNT_SCHEMAS(S)                                                                         \
    S(role, "'public'|'driver'|'carrier'|'officer'|'operator'|'auditor'")                          \
    S(login, "{name:text<64, password:text<1024}")                                                 \
    S(me, "{" AS_OF "id:opaque|null, name:text, role:role, carrier:opaque|null, "                  \
          "checkpoint:text|null, csrf:text|null}")                                                 \
    S(session, "{" AS_OF "me:{id:opaque|null, name:text, role:role, carrier:opaque|null, "         \
               "checkpoint:text|null, csrf:text|null}}")                                           \
    S(token_ask, "{life_h:uint}")                                                                  \
    S(token_made, "{" AS_OF "token:text, until:instant}")                                          \
    S(signup, "{name:text<63, password:text<1024, company:text<200, bin?:text<20, phone:text<40, " \
              "email:text<200, lang?:'en'|'ru'|'kk'|'zh'}")                                        \
    S(account_ask, "{name:text<63, password:text<1024, role:'carrier'|'officer'|'operator'|"       \
                   "'auditor', checkpoint?:name, carrier?:opaque}")                                \
    S(account_made, "{" AS_OF "name:text, role:role}")                                             \
    S(driver_code, "{checkpoint?:name, plate:text<20, phone?:text<40}")                            \
    S(accepted, "{" AS_OF "accepted:bool}")                                                        \
    S(driver_login, "{plate:text<20, code:text<16}")                                               \
    S(driver_session, "{" AS_OF "place:opaque, csrf:text}")                                        \
    S(driver_page,                                                                                 \
      "{" AS_OF "now:instant, place:opaque, number:uint, queue:name, checkpoint:name, "            \
      "checkpoint_name:names, category:name, utc_offset_min:int, state:place_state, slot:span, "   \
      "position:uint|null, call:estimate, called_at:instant|null, method:text, plate:text, "       \
      "bring:[text], "                                                                             \
      "visa_free_days_left:int|null, closed:closure, messages:[{time:instant, kind:text, "         \
      "text:text}]}")

#define CARRIER_SCHEMAS(S)                                                                         \
    S(place_state, "'requested'|'booked'|'arrived'|'called'|'entered'|'cleared'|'refused'|"        \
                   "'no_show'|'cancelled'|'not_drawn'")                                            \
    S(vehicle, "{plate:text<20, vin:text<32, country:text<2, type:text<40}")                       \
    S(vehicle_batch, "{items:[vehicle]<1000}")                                                     \
    S(batch_result, "{" AS_OF "items:[{plate:text, id:opaque|null, outcome:text}]}")               \
    S(vehicle_made, "{" AS_OF "id:opaque, receipt:receipt}")                                       \
    S(vehicles, "{" AS_OF "items:[{id:opaque, plate:text|null, vin:text|null, country:text|null, " \
                "type:text|null, erased:bool, blocked_until:instant|null}], next?:opaque}")        \
    S(driver, "{name:text<120, phone:text<40, document:text<40, country:text<2, "                  \
              "lang:'en'|'ru'|'kk'|'zh', visa_free_until?:date}")                                  \
    S(driver_made, "{" AS_OF "id:opaque, receipt:receipt}")                                        \
    S(drivers, "{" AS_OF "items:[{id:opaque, name:text|null, phone:text|null, "                    \
               "country:text|null, lang:text|null, visa_free_until:date|null, erased:bool, "       \
               "blocked_until:instant|null}], next?:opaque}")                                      \
    S(place_ask, "{queue:name, vehicle:opaque, driver:opaque, category:name, slot:text<32, "       \
                 "from?:instant}")                                                                 \
    S(place_made, "{" AS_OF "place:opaque, number:uint, queue:name, checkpoint:name, "             \
                  "category:name, state:place_state, slot:span, position:uint, call:estimate, "    \
                  "method:text, rule?:text, receipt:receipt}")                                     \
    S(place_row,                                                                                   \
      "{place:opaque, number:uint, queue:name, checkpoint:name, category:name, "                   \
      "state:place_state, slot:span, position:uint|null, call:estimate, plate:text, "              \
      "vehicle:opaque, drivers:[opaque], booked_at:instant|null, "                                 \
      "arrived:instant|null, called_at:instant|null, entered_at:instant|null, "                    \
      "ended_at:instant|null, postponed:uint, appeal:'none'|'open'|'upheld'|'rejected', "          \
      "flags:[text]}")                                                                             \
    S(places_mine, "{" AS_OF "now:instant, method:text, items:[place_row]}")                       \
    S(place_full, "{" AS_OF "now:instant, method:text, item:place_row}")                           \
    S(place_public, "{" AS_OF "now:instant, place:opaque, number:uint, checkpoint:name, "          \
                    "checkpoint_name:names, queue:name, category:name, state:place_state, "        \
                    "slot:span, position:uint|null, call:estimate, method:text, "                  \
                    "utc_offset_min:int, closed:closure}")                                         \
    S(receipt, "{kind:'zhol-receipt', ...}")                                                       \
    S(receipt_only, "{" AS_OF "receipt:receipt}")                                                  \
    S(postpone, "{slot:instant}")                                                                  \
    S(driver_add, "{driver:opaque}")                                                               \
    S(vehicle_swap, "{vehicle:opaque}")                                                            \
    S(note, "{note:text<500}")                                                                     \
    S(note_maybe, "{note?:text<500}")                                                              \
    S(command_done, "{" AS_OF "command:text, place?:opaque, state?:place_state, slot?:span, "      \
                    "number?:uint, position?:uint, call?:estimate, method?:text, rule?:text, "     \
                    "seed_hash?:text, seed?:text, drawn?:uint, receipt:receipt}")                  \
    S(ledger, "{" AS_OF "balance:[{currency:text, amount:int}], items:[{time:instant, "            \
              "place:opaque|null, what:text, amount:int, currency:text}]}")

#define BOARD_SCHEMAS(S)                                                                           \
    S(checkpoints,                                                                                 \
      "{" AS_OF "now:instant, items:[{id:name, name:names, lon:real, lat:real, "                   \
      "country:text, utc_offset_min:int, queues:[{id:name, name:names, "                           \
      "direction:'exit'|'entry', release:'first_come'|'round'|'live', rule_set:text, "             \
      "mode:'managed'|'observed', open_now:bool, slot_min:uint, "                                  \
      "categories:[{id:name, name:names}]}]}]}")                                                   \
    S(board_item,                                                                                  \
      "{queue:name, name:names, checkpoint:name, checkpoint_name:names, "                          \
      "direction:'exit'|'entry', mode:'managed'|'observed', release:text, rule_set:text, "         \
      "utc_offset_min:int, known:bool, closed:closure, limit_today:real|null, "                    \
      "accepted_today:real|null, waiting_total:uint, oldest_wait_h:real|null, "                    \
      "categories:[{id:text, name:names, waiting:uint, booked:uint, called:uint, "                 \
      "join:estimate}], called:[{number:uint, plate_masked:text, place_short:text, "               \
      "category:name, called_at:instant}], per_hour:[{hour:instant, accepted:uint, "               \
      "planned:real}], history:[{date:date, accepted:real|null, planned:real|null, "               \
      "waiting_end:real|null}], slots:[{start:instant, end:instant, capacity:uint, taken:uint}]}") \
    S(board, "{" AS_OF "now:instant, method:text, items:[board_item]}")                            \
    S(advice,                                                                                      \
      "{" AS_OF "method:text, items:[{checkpoint:name, checkpoint_name:names, queue:name, "        \
      "drive_h:real, drive_km:real, arrives:instant, call:estimate, "                              \
      "total_h:{p50:real|null, p90:real|null}, waiting:uint, closed:bool, note:text}]}")           \
    S(slots,                                                                                       \
      "{" AS_OF "items:[{start:instant, end:instant, capacity:uint, taken:uint, free:uint, "       \
      "free_for_category:uint|null}]}")                                                            \
    S(order, "{" AS_OF "items:[{rank:uint, place:text, number:uint, category:name, "               \
             "state:place_state, slot:instant|null, arrived:instant|null}]}")                      \
    S(rules, "{" AS_OF "queue:name, rules:{...}, categories:[{id:name, name:names, ...}]}")        \
    S(rounds, "{" AS_OF "items:[{from:instant, until:instant, seed_hash:text, seed:text|null, "    \
              "drawn_at:instant|null, requests:uint|null, places:uint|null}]}")

#define PROOF_SCHEMAS(S)                                                                           \
    S(heads, "{" AS_OF "items:[{stream:text, seq:uint, hash:text, signature?:text}], "             \
             "anchor:{time:instant|null, hash:text, heads:any}|null, key:text, "                   \
             "countersignatures:[any]}")                                                           \
    S(receipt_ask, "{receipt:{...}}")                                                              \
    S(receipt_verdict, "{" AS_OF "valid:bool, known_key:bool, entry_matches:bool|null, why:text}") \
    S(countersign, "{stream:name, seq:uint, hash:text<64, signature:text<128, key:text<64}")       \
    S(audit, "{" AS_OF "valid:bool, counts:{streams:uint, entries:uint, bytes:uint, places:uint, " \
             "refusals:uint, anchors:uint, countersignatures:uint}, "                              \
             "findings:[{stream:text, seq:uint, what:text}]}")

#define OFFICER_SCHEMAS(S)                                                                         \
    S(officer_queue, "{" AS_OF "now:instant, queue:name, method:text, items:[place_row]}")         \
    S(call_ask, "{count:uint}")                                                                    \
    S(call_done, "{" AS_OF "called:[{place:opaque, plate:text, reason:text, slot:instant|null}], " \
                 "rule?:text, receipt:receipt}")                                                   \
    S(capacity, "{from:instant, until:instant, percent?:uint, count?:uint, note:text<500, "        \
                "preview?:bool}")                                                                  \
    S(close, "{from:instant, until?:instant|null, note:text<500, preview?:bool}")                  \
    S(moved, "{" AS_OF "preview:bool, affected:[{place:opaque, number:uint, category:name, "       \
             "old_slot:instant|null, new_slot:instant|null, state:place_state}], rule?:text, "     \
             "receipt?:receipt}")                                                                  \
    S(wait, "{count:uint, mean_h:real|null, p50_h:real|null, p90_h:real|null}")                    \
    S(report, "{" AS_OF "queue:name, days:uint, places:uint, no_shows:uint, late:uint, "           \
              "categories:[{id:name, places:uint, no_shows:uint, booked_to_called:wait, "          \
              "arrived_to_called:wait, called_to_entered:wait, entered_to_ended:wait}], "          \
              "late_by_carrier:[{carrier:opaque, places:uint, no_shows:uint}]}")

#define OPERATOR_SCHEMAS(S)                                                                        \
    S(webhook_ask, "{url:text<500, secret:text<200, topics:[text<72]<20}")                         \
    S(webhook_item, "{id:opaque, url:text, topics:[text], cursors:[{stream:text, seq:uint}], "     \
                    "delivered:uint, failures:uint, last_error:text|null, next_try:instant|null}") \
    S(webhook, "{" AS_OF "item:webhook_item}")                                                     \
    S(webhooks, "{" AS_OF "items:[webhook_item]}")                                                 \
    S(appeals, "{" AS_OF "items:[{place:opaque, number:uint, queue:name, checkpoint:name, "        \
               "category:name, state:place_state, carrier:opaque, slot:span, "                     \
               "ended_at:instant|null}]}")                                                         \
    S(decide, "{decision:'upheld'|'rejected', note:text<500}")                                     \
    S(rules_ask, "{date?:date, slots_days?:uint}")                                                 \
    S(rules_set, "{" AS_OF "checkpoint:name, date:date, slots:uint, receipt:receipt}")             \
    S(round_ask, "{from:instant, until:instant}")                                                  \
    S(observed, "{" AS_OF "queue:name, days:uint, hours:uint, waiting:real|null, "                 \
                "findings:[text]}")

#define QUEUE_SCHEMAS(S) \
    SERVICE_SCHEMAS(S)   \
    ACCOUNT_SCHEMAS(S)   \
    CARRIER_SCHEMAS(S)   \
    BOARD_SCHEMAS(S)     \
    PROOF_SCHEMAS(S)     \
    OFFICER_SCHEMAS(S)   \
    OPERATOR_SCHEMAS(S)

#endif
