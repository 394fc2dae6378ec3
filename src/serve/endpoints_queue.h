/* serve/endpoints_queue.h: endpoints of the service itself and of the live queue.
 *
 * See endpoint.h for the columns. Handlers stand in handle_*.c. Literal paths stand before those
 * with a parameter in the same place: the first that fits is taken.
 */
#ifndef ZHOL_SERVE_ENDPOINTS_QUEUE_H
#define ZHOL_SERVE_ENDPOINTS_QUEUE_H

#define SERVICE_ENDPOINTS(E)                                                                     \
    E(get_root, GET, "/", ANYONE, RUN_POOL, "", NULL, "text/html",                               \
      "The page; with Accept: application/json the landing page of OGC API Features.")           \
    E(get_health, GET, "/health", ANYONE, RUN_HERE, "", NULL, "health", "The process runs.")     \
    E(get_ready, GET, "/ready", ANYONE, RUN_HERE, "", NULL, "ready",                             \
      "Commands are accepted; 503 while the store is stopped.")                                  \
    E(get_metrics, GET, "/metrics", ANYONE, RUN_POOL, "", NULL, "text/plain",                    \
      "Counters in the text format of Prometheus.")                                              \
    E(get_openapi, GET, "/openapi.json", ANYONE, RUN_HERE, "", NULL, "application/json",         \
      "This document.")                                                                          \
    E(get_meta, GET, "/v1/meta", ANYONE, RUN_POOL, "", NULL, "meta",                             \
      "What is served: corridor, clock, languages, scenarios.")                                  \
    E(get_events, GET, "/v1/events", ANYONE, RUN_HERE, "topic:text!", NULL, "text/event-stream", \
      "Server-sent events of board, queue:ID or place:ID; Last-Event-ID resumes.")

#define ACCOUNT_ENDPOINTS(E)                                                                      \
    E(post_login, POST, "/v1/login", ANYONE, RUN_HASH, "", "login", "session",                    \
      "Opens a session: a cookie, and who one is.")                                               \
    E(post_logout, POST, "/v1/logout", ANYONE, RUN_POOL, "", NULL, NULL, "Ends the session.")     \
    E(get_me, GET, "/v1/me", ANYONE, RUN_HERE, "", NULL, "me",                                    \
      "Who one is, and the token against forged requests.")                                       \
    E(post_tokens, POST, "/v1/tokens", MEMBERS & ~FOR(driver), RUN_POOL, "", "token_ask",         \
      "token_made", "A token for programs, with the rights of the account.")                      \
    E(post_signup, POST, "/v1/signup", ANYONE, RUN_HASH, "", "signup", "session",                 \
      "A carrier registers himself and gets an account.")                                         \
    E(post_accounts, POST, "/v1/accounts", FOR(operator), RUN_HASH, "", "account_ask",            \
      "account_made", "An account for an officer, operator, auditor or a carrier's employee.")    \
    E(post_driver_code, POST, "/v1/driver/code", ANYONE, RUN_POOL, "", "driver_code", "accepted", \
      "Sends the driver of a plate's active place a code; the answer is always the same.")        \
    E(post_driver_login, POST, "/v1/driver/login", ANYONE, RUN_POOL, "", "driver_login",          \
      "driver_session", "Opens the driver's page with the code.")                                 \
    E(get_driver, GET, "/v1/driver", FOR(driver), RUN_POOL, "", NULL, "driver_page",              \
      "All that a driver must know about his place.")

#define CARRIER_ENDPOINTS(E)                                                                      \
    E(post_vehicles_batch, POST, "/v1/vehicles/batch", FOR(carrier), RUN_POOL, "",                \
      "vehicle_batch", "batch_result", "Registers up to 1000 vehicles; a line for each.")         \
    E(post_vehicles, POST, "/v1/vehicles", FOR(carrier), RUN_POOL, "", "vehicle", "vehicle_made", \
      "Registers a vehicle: plate and VIN are unique over all carriers.")                         \
    E(get_vehicles, GET, "/v1/vehicles", FOR(carrier), RUN_POOL, "limit:int after:opaque", NULL,  \
      "vehicles", "The carrier's vehicles.")                                                      \
    E(post_drivers, POST, "/v1/drivers", FOR(carrier), RUN_POOL, "", "driver", "driver_made",     \
      "Registers a driver: the document is unique.")                                              \
    E(get_drivers, GET, "/v1/drivers", FOR(carrier), RUN_POOL, "limit:int after:opaque", NULL,    \
      "drivers", "The carrier's drivers.")                                                        \
    E(post_places, POST, "/v1/places", FOR(carrier), RUN_HERE, "", "place_ask", "place_made",     \
      "Books a place: in a slot, in the next free one, in a round, or in a live queue. Refusals " \
      "carry a signed receipt too.")                                                              \
    E(get_places_mine, GET, "/v1/places/mine", FOR(carrier), RUN_POOL, "limit:int", NULL,         \
      "places_mine", "The carrier's places, active ones first.")                                  \
    E(get_place, GET, "/v1/places/{place}",                                                       \
      FOR(carrier) | FOR(officer) | FOR(operator) | FOR(auditor) | FOR(driver), RUN_POOL,         \
      "place:opaque", NULL, "place_full", "One place.")                                           \
    E(get_place_public, GET, "/v1/places/{place}/public", ANYONE, RUN_POOL, "place:opaque", NULL, \
      "place_public", "State and forecast, for who has the receipt.")                             \
    E(get_place_receipt, GET, "/v1/places/{place}/receipt", FOR(carrier) | FOR(driver), RUN_POOL, \
      "place:opaque", NULL, "receipt_only", "The signed receipt of the booking.")                 \
    E(get_place_qr, GET, "/v1/places/{place}/receipt.svg", FOR(carrier) | FOR(driver), RUN_POOL,  \
      "place:opaque", NULL, "image/svg+xml", "The receipt's QR code.")                            \
    E(post_postpone, POST, "/v1/places/{place}/postpone", FOR(carrier), RUN_POOL, "place:opaque", \
      "postpone", "command_done", "Moves a place to another slot.")                               \
    E(post_cancel, POST, "/v1/places/{place}/cancel", FOR(carrier), RUN_POOL, "place:opaque",     \
      "nothing", "command_done", "Gives a place back.")                                           \
    E(post_place_driver, POST, "/v1/places/{place}/driver", FOR(carrier), RUN_POOL,               \
      "place:opaque", "driver_add", "command_done", "Adds a driver.")                             \
    E(post_place_vehicle, POST, "/v1/places/{place}/vehicle", FOR(carrier), RUN_POOL,             \
      "place:opaque", "vehicle_swap", "command_done", "Swaps the vehicle, where rules allow.")    \
    E(post_appeal, POST, "/v1/places/{place}/appeal", FOR(carrier), RUN_POOL, "place:opaque",     \
      "note", "command_done", "Appeals against a no-show or refusal.")                            \
    E(get_ledger, GET, "/v1/ledger", FOR(carrier), RUN_POOL, "limit:int", NULL, "ledger",         \
      "Fees and deposits, latest first.")

#define BOARD_ENDPOINTS(E)                                                                        \
    E(get_checkpoints, GET, "/v1/checkpoints", ANYONE, RUN_POOL, "", NULL, "checkpoints",         \
      "Checkpoints and their queues.")                                                            \
    E(get_board, GET, "/v1/board", ANYONE, RUN_HERE, "checkpoint:name", NULL, "board",            \
      "The public board: who waits, forecasts, closures, history. No personal data.")             \
    E(get_advice, GET, "/v1/advice", ANYONE, RUN_POOL,                                            \
      "category:name! lon:real lat:real from:text direction:name", NULL, "advice",                \
      "Which checkpoint to take: the drive to each, and the call there.")                         \
    E(get_slots, GET, "/v1/queues/{queue}/slots", ANYONE, RUN_POOL,                               \
      "queue:name from:instant until:instant category:name", NULL, "slots",                       \
      "Slots and what is "                                                                        \
      "free in them.")                                                                            \
    E(get_order, GET, "/v1/queues/{queue}/order", ANYONE, RUN_POOL, "queue:name limit:int", NULL, \
      "order", "The public order of a queue.")                                                    \
    E(get_rules, GET, "/v1/queues/{queue}/rules", ANYONE, RUN_POOL, "queue:name", NULL, "rules",  \
      "The rules of a queue as data.")                                                            \
    E(get_rounds, GET, "/v1/rounds", ANYONE, RUN_POOL, "queue:name!", NULL, "rounds",             \
      "Draws: committed seeds, revealed after.")

#define PROOF_ENDPOINTS(E)                                                                        \
    E(get_heads, GET, "/v1/heads", ANYONE, RUN_POOL, "", NULL, "heads",                           \
      "Heads of all chains, the last anchor, countersignatures and the public key.")              \
    E(get_journal, GET, "/v1/journal/{stream}", ANYONE, RUN_POOL,                                 \
      "stream:name from:int limit:int", NULL, "application/x-ndjson",                             \
      "Entries of a stream as they were hashed, one a line.")                                     \
    E(post_receipts_verify, POST, "/v1/receipts/verify", ANYONE, RUN_POOL, "", "receipt_ask",     \
      "receipt_verdict", "Is the receipt genuine, and is its entry in the journal?")              \
    E(post_countersign, POST, "/v1/heads/countersign", FOR(officer) | FOR(auditor), RUN_POOL, "", \
      "countersign", "command_done", "The other side signs a head.")                              \
    E(get_audit, GET, "/v1/audit", FOR(auditor), RUN_SLOW, "", NULL, "audit",                     \
      "Verifies chains and order of the whole journal.")

#define OFFICER_ENDPOINTS(E)                                                                      \
    E(get_officer_queue, GET, "/v1/officer/queue", FOR(officer) | FOR(operator), RUN_POOL,        \
      "queue:name! state:name plate:text number:int limit:int", NULL, "officer_queue",            \
      "Who is there, in the order of calls; of one state, or one truck.")                         \
    E(get_officer_report, GET, "/v1/officer/report", FOR(officer) | FOR(operator) | FOR(auditor), \
      RUN_POOL, "queue:name! days:int", NULL, "report", "Waits by step and category, no-shows.")  \
    E(post_call, POST, "/v1/queues/{queue}/call", FOR(officer) | FOR(operator), RUN_POOL,         \
      "queue:name", "call_ask", "call_done", "Calls the next vehicles: the rules say which.")     \
    E(post_capacity, POST, "/v1/queues/{queue}/capacity", FOR(officer) | FOR(operator), RUN_POOL, \
      "queue:name", "capacity", "moved", "Changes a limit; with preview, shows who is affected.") \
    E(post_close, POST, "/v1/queues/{queue}/close", FOR(officer) | FOR(operator), RUN_POOL,       \
      "queue:name", "close", "moved", "Closes a queue for a time.")                               \
    E(post_reopen, POST, "/v1/queues/{queue}/reopen", FOR(officer) | FOR(operator), RUN_POOL,     \
      "queue:name", "note_maybe", "command_done", "Opens it again.")                              \
    E(post_arrive, POST, "/v1/places/{place}/arrive", FOR(officer) | FOR(operator), RUN_POOL,     \
      "place:opaque", "nothing", "command_done", "The vehicle is at the waiting area.")           \
    E(post_enter, POST, "/v1/places/{place}/enter", FOR(officer) | FOR(operator), RUN_POOL,       \
      "place:opaque", "nothing", "command_done", "It enters the checkpoint.")                     \
    E(post_clear, POST, "/v1/places/{place}/clear", FOR(officer) | FOR(operator), RUN_POOL,       \
      "place:opaque", "nothing", "command_done", "It is through.")                                \
    E(post_refuse, POST, "/v1/places/{place}/refuse", FOR(officer) | FOR(operator), RUN_POOL,     \
      "place:opaque", "note", "command_done", "It is sent back, with a reason.")                  \
    E(post_no_show, POST, "/v1/places/{place}/no_show", FOR(officer) | FOR(operator), RUN_POOL,   \
      "place:opaque", "nothing", "command_done", "It did not come.")

#define OPERATOR_ENDPOINTS(E)                                                                      \
    E(get_webhooks, GET, "/v1/webhooks", FOR(operator), RUN_POOL, "", NULL, "webhooks",            \
      "All webhooks.")                                                                             \
    E(post_webhooks, POST, "/v1/webhooks", FOR(operator), RUN_POOL, "", "webhook_ask", "webhook",  \
      "Adds a webhook: CloudEvents, signed, at least once.")                                       \
    E(get_webhook, GET, "/v1/webhooks/{id}", FOR(operator), RUN_POOL, "id:opaque", NULL,           \
      "webhook", "Cursor and failures of a webhook.")                                              \
    E(delete_webhook, DELETE, "/v1/webhooks/{id}", FOR(operator), RUN_POOL, "id:opaque", NULL,     \
      NULL, "Removes a webhook.")                                                                  \
    E(get_appeals, GET, "/v1/appeals", FOR(operator), RUN_POOL, "", NULL, "appeals",               \
      "Open appeals.")                                                                             \
    E(post_appeal_decide, POST, "/v1/appeals/{place}", FOR(operator), RUN_POOL, "place:opaque",    \
      "decide", "command_done", "Decides an appeal.")                                              \
    E(post_erase, POST, "/v1/subjects/{id}/erase", FOR(operator), RUN_POOL, "id:opaque",           \
      "nothing", "command_done", "Destroys the key of a subject's personal fields.")               \
    E(post_rules, POST, "/v1/rules/{checkpoint}", FOR(operator), RUN_POOL, "checkpoint:name",      \
      "rules_ask", "rules_set", "Rules and slots of a checkpoint from the corridor, as on a day.") \
    E(post_rounds, POST, "/v1/queues/{queue}/rounds", FOR(operator), RUN_POOL, "queue:name",       \
      "round_ask", "command_done", "Opens a round: draws a seed and commits its hash.")            \
    E(post_draw, POST, "/v1/queues/{queue}/draw", FOR(operator), RUN_POOL, "queue:name",           \
      "nothing", "command_done", "Draws the open round and reveals its seed.")                     \
    E(post_observed, POST, "/v1/observed/{queue}", FOR(operator), RUN_POOL, "queue:name", "raw",   \
      "observed", "Imports published figures of a queue that is kept elsewhere (CSV).")

#define QUEUE_ENDPOINTS(E) \
    SERVICE_ENDPOINTS(E)   \
    ACCOUNT_ENDPOINTS(E)   \
    CARRIER_ENDPOINTS(E)   \
    BOARD_ENDPOINTS(E)     \
    PROOF_ENDPOINTS(E)     \
    OFFICER_ENDPOINTS(E)   \
    OPERATOR_ENDPOINTS(E)

#endif
