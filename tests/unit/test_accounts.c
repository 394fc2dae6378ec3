/* test_accounts.c: log-in, tokens, one-time codes; and every role with every command. */
#include <pthread.h>
#include <unistd.h>

#include "border.h"

#include "operate/accounts.h"

static const char password[] = "horse battery staple";

static struct store *memory_store(void)
{
    struct store *store = NULL;
    border_must(store_open("memory:", NULL, NULL, &store), "store");
    return store;
}

static struct account officer(const char *name)
{
    struct account account = {.role = ROLE_officer};
    snprintf(account.name, sizeof account.name, "%s", name);
    snprintf(account.checkpoint, sizeof account.checkpoint, "KOLZHAT");
    return account;
}

/* ---- log-in ---- */

static void accounts_log_in(void)
{
    struct store *store = memory_store();
    struct accounts *accounts = NULL;
    struct account one = officer("aigul"), got;
    CHECK_INT_EQ(accounts_open(store, &accounts), ZHOL_ERROR_OK);
    CHECK_INT_EQ(accounts_add(accounts, &one, password), ZHOL_ERROR_OK);
    CHECK_INT_EQ(accounts_add(accounts, &one, password), ZHOL_ERROR_DUPLICATE);
    CHECK_INT_EQ(accounts_login(accounts, "aigul", password, 1000, &got), ZHOL_ERROR_OK);
    CHECK(got.id != 0);
    CHECK_INT_EQ(got.role, ROLE_officer);
    CHECK_STR_EQ(got.checkpoint, "KOLZHAT");
    CHECK_INT_EQ(accounts_login(accounts, "aigul", "horse battery stapler", 1000, &got),
                 ZHOL_ERROR_UNKNOWN);
    CHECK_INT_EQ(accounts_login(accounts, "nobody", password, 1000, &got), ZHOL_ERROR_UNKNOWN);
    CHECK_INT_EQ(accounts_disable(accounts, "aigul", true), ZHOL_ERROR_OK);
    CHECK_INT_EQ(accounts_login(accounts, "aigul", password, 1000, &got), ZHOL_ERROR_UNKNOWN);
    CHECK_INT_EQ(accounts_disable(accounts, "nobody", true), ZHOL_ERROR_UNKNOWN);
    accounts_close(accounts);
    /* what is stored is enough to go on, and holds no password */
    CHECK_INT_EQ(accounts_open(store, &accounts), ZHOL_ERROR_OK);
    CHECK_INT_EQ(accounts_disable(accounts, "aigul", false), ZHOL_ERROR_OK);
    CHECK_INT_EQ(accounts_login(accounts, "aigul", password, 1000, &got), ZHOL_ERROR_OK);
    struct buffer stored = {0};
    CHECK_INT_EQ(store_get(store, "account", TEXT("aigul"), &stored), ZHOL_ERROR_OK);
    CHECK(strstr(buffer_get(&stored), "$argon2id$") && !strstr(buffer_get(&stored), password));
    buffer_clear(&stored);
    accounts_close(accounts);
    store_close(store);
}

static void bad_accounts_are_refused(void)
{
    struct store *store = memory_store();
    struct accounts *accounts = NULL;
    static const char *const names[] = {"", "Aigul", "ai gul", "ai#gul", "айгүл"};
    struct account one = officer("x");
    border_must(accounts_open(store, &accounts), "accounts");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf(one.name, sizeof one.name, "%s", names[i]);
        CHECK_INT_EQ(accounts_add(accounts, &one, password), ZHOL_ERROR_SYNTAX);
    }
    snprintf(one.name, sizeof one.name, "ok");
    CHECK_INT_EQ(accounts_add(accounts, &one, "short"), ZHOL_ERROR_RANGE);
    CHECK_INT_EQ(accounts_add(accounts, &one, "девять зн"), ZHOL_ERROR_RANGE); /* characters */
    for (int role = 0; role < ROLE_COUNT; role++) {
        bool login = role == ROLE_officer || role == ROLE_operator || role == ROLE_auditor;
        one.role = (enum role)role;
        snprintf(one.name, sizeof one.name, "role%d", role);
        CHECK_INT_EQ(accounts_add(accounts, &one, password),
                     login ? ZHOL_ERROR_OK : ZHOL_ERROR_INVALID);
    }
    one.role = ROLE_carrier;
    one.carrier = 0xC1;
    CHECK_INT_EQ(accounts_add(accounts, &one, password), ZHOL_ERROR_OK);
    accounts_close(accounts);
    store_close(store);
}

static void five_failures_are_enough(void)
{
    struct store *store = memory_store();
    struct accounts *accounts = NULL;
    struct account one = officer("aigul"), got;
    border_must(accounts_open(store, &accounts), "accounts");
    border_must(accounts_add(accounts, &one, password), "add");
    for (int i = 0; i < 5; i++) {
        CHECK_INT_EQ(accounts_login(accounts, "aigul", "wrong password", 1000 + i, &got),
                     ZHOL_ERROR_UNKNOWN);
    }
    CHECK_INT_EQ(accounts_login(accounts, "aigul", password, 1010, &got), ZHOL_ERROR_LIMIT);
    CHECK_INT_EQ(accounts_login(accounts, "aigul", password, 1000 + 901, &got), ZHOL_ERROR_OK);
    /* an unknown name is not told from a known one */
    for (int i = 0; i < 5; i++) {
        CHECK_INT_EQ(accounts_login(accounts, "nobody", password, 1000, &got), ZHOL_ERROR_UNKNOWN);
    }
    CHECK_INT_EQ(accounts_login(accounts, "nobody", password, 1010, &got), ZHOL_ERROR_LIMIT);
    accounts_close(accounts);
    store_close(store);
}

/* ---- tokens ---- */

static void tokens_live_and_end(void)
{
    struct store *store = memory_store();
    struct accounts *accounts = NULL;
    struct account one = officer("aigul"), logged, got;
    char token[ACCOUNT_TOKEN_SIZE], other[ACCOUNT_TOKEN_SIZE];
    border_must(accounts_open(store, &accounts), "accounts");
    border_must(accounts_add(accounts, &one, password), "add");
    border_must(accounts_login(accounts, "aigul", password, 1000, &logged), "login");
    int64_t now_s = 4000000000; /* beyond any clock: the second opening forgets what has ended */
    CHECK_INT_EQ(accounts_token(accounts, &logged, now_s, 60, token), ZHOL_ERROR_OK);
    CHECK_INT_EQ(strlen(token), 43);
    CHECK_INT_EQ(accounts_check(accounts, token, now_s + 59, &got), ZHOL_ERROR_OK);
    CHECK_INT_EQ(got.id, logged.id);
    CHECK_INT_EQ(accounts_check(accounts, token, now_s + 60, &got), ZHOL_ERROR_UNKNOWN);
    CHECK_INT_EQ(got.id, 0);
    memcpy(other, token, sizeof other);
    other[0] = token[0] == 'A' ? 'B' : 'A';
    CHECK_INT_EQ(accounts_check(accounts, other, now_s, &got), ZHOL_ERROR_UNKNOWN);
    CHECK_INT_EQ(accounts_check(accounts, "", now_s, &got), ZHOL_ERROR_UNKNOWN);
    CHECK_INT_EQ(
        accounts_check(accounts, "a token that is none, of forty-three letters", now_s, &got),
        ZHOL_ERROR_UNKNOWN);
    accounts_close(accounts);
    CHECK_INT_EQ(accounts_open(store, &accounts), ZHOL_ERROR_OK);
    CHECK_INT_EQ(accounts_check(accounts, token, now_s, &got), ZHOL_ERROR_OK);
    CHECK_INT_EQ(accounts_disable(accounts, "aigul", true), ZHOL_ERROR_OK);
    CHECK_INT_EQ(accounts_check(accounts, token, now_s, &got), ZHOL_ERROR_UNKNOWN);
    CHECK_INT_EQ(accounts_disable(accounts, "aigul", false), ZHOL_ERROR_OK);
    CHECK_INT_EQ(accounts_check(accounts, token, now_s, &got), ZHOL_ERROR_OK);
    CHECK_INT_EQ(accounts_revoke(accounts, token), ZHOL_ERROR_OK);
    CHECK_INT_EQ(accounts_check(accounts, token, now_s, &got), ZHOL_ERROR_UNKNOWN);
    CHECK_INT_EQ(accounts_revoke(accounts, "nothing"), ZHOL_ERROR_UNKNOWN);
    accounts_close(accounts);
    store_close(store);
}

static void many_tokens_are_kept(void)
{
    enum { MANY = 1000 };
    static char tokens[MANY][ACCOUNT_TOKEN_SIZE];
    struct store *store = memory_store();
    struct accounts *accounts = NULL;
    struct account driver = {.role = ROLE_driver, .id = 5}, got;
    border_must(accounts_open(store, &accounts), "accounts");
    for (int i = 0; i < MANY; i++) {
        driver.place = 1 + (uint64_t)i;
        border_must(accounts_token(accounts, &driver, 1000, i % 2 ? 10 : 1000, tokens[i]), "token");
        if (i % 3 == 0) {
            border_must(accounts_revoke(accounts, tokens[i]), "revoke");
        }
    }
    for (int i = 0; i < MANY; i++) {
        enum zhol_error want = i % 3 == 0 || i % 2 ? ZHOL_ERROR_UNKNOWN : ZHOL_ERROR_OK;
        CHECK_INT_EQ(accounts_check(accounts, tokens[i], 1500, &got), want);
        if (!want) {
            CHECK_INT_EQ(got.place, 1 + i);
        }
    }
    accounts_close(accounts);
    store_close(store);
}

/* Another process changes accounts: seen when ten seconds have passed. */
static void changes_of_others_are_seen(void)
{
    struct store *store = memory_store();
    struct accounts *here = NULL, *there = NULL;
    struct account one = officer("aigul"), got;
    char token[ACCOUNT_TOKEN_SIZE];
    border_must(accounts_open(store, &here), "accounts");
    border_must(accounts_open(store, &there), "accounts");
    border_must(accounts_add(there, &one, password), "add");
    CHECK_INT_EQ(accounts_login(here, "aigul", password, 100, &got), ZHOL_ERROR_OK);
    border_must(accounts_token(here, &got, 100, 1000, token), "token");
    CHECK_INT_EQ(accounts_check(here, token, 101, &got), ZHOL_ERROR_OK);
    border_must(accounts_disable(there, "aigul", true), "disable");
    (void)accounts_check(here, token, 120, &got);
    CHECK_INT_EQ(accounts_check(here, token, 120, &got), ZHOL_ERROR_UNKNOWN);
    accounts_close(here);
    accounts_close(there);
    store_close(store);
}

/* ---- codes ---- */

static void codes_open_once(void)
{
    struct store *store = memory_store();
    struct accounts *accounts = NULL;
    struct account got;
    char code[ACCOUNT_CODE_SIZE], wrong[ACCOUNT_CODE_SIZE];
    border_must(accounts_open(store, &accounts), "accounts");
    CHECK_INT_EQ(accounts_code(accounts, 77, 0xD1, 1000, code), ZHOL_ERROR_OK);
    CHECK(strlen(code) == 6 && strspn(code, "0123456789") == 6);
    CHECK_INT_EQ(accounts_code_check(accounts, 78, code, 1001, &got), ZHOL_ERROR_UNKNOWN);
    CHECK_INT_EQ(accounts_code_check(accounts, 77, code, 1001, &got), ZHOL_ERROR_OK);
    CHECK_INT_EQ(got.role, ROLE_driver);
    CHECK_INT_EQ(got.place, 77);
    CHECK_INT_EQ(got.id, 0xD1);
    CHECK_INT_EQ(accounts_code_check(accounts, 77, code, 1001, &got), ZHOL_ERROR_UNKNOWN);
    /* ten minutes */
    CHECK_INT_EQ(accounts_code(accounts, 77, 0xD1, 1002, code), ZHOL_ERROR_OK);
    CHECK_INT_EQ(accounts_code_check(accounts, 77, code, 1602, &got), ZHOL_ERROR_UNKNOWN);
    /* five tries over all codes of the window, three codes */
    CHECK_INT_EQ(accounts_code(accounts, 80, 0xD2, 5000, code), ZHOL_ERROR_OK);
    memcpy(wrong, code, sizeof wrong);
    wrong[5] = (char)('0' + (wrong[5] - '0' + 1) % 10);
    for (int i = 0; i < 5; i++) {
        CHECK_INT_EQ(accounts_code_check(accounts, 80, wrong, 5001, &got), ZHOL_ERROR_UNKNOWN);
    }
    CHECK_INT_EQ(accounts_code_check(accounts, 80, code, 5001, &got), ZHOL_ERROR_LIMIT);
    CHECK_INT_EQ(accounts_code(accounts, 80, 0xD2, 5002, code), ZHOL_ERROR_OK);
    CHECK_INT_EQ(accounts_code_check(accounts, 80, code, 5003, &got), ZHOL_ERROR_LIMIT);
    CHECK_INT_EQ(accounts_code(accounts, 80, 0xD2, 5003, code), ZHOL_ERROR_OK);
    CHECK_INT_EQ(accounts_code(accounts, 80, 0xD2, 5004, code), ZHOL_ERROR_LIMIT);
    CHECK_INT_EQ(accounts_code(accounts, 80, 0xD2, 5601, code), ZHOL_ERROR_OK);
    CHECK_INT_EQ(accounts_code_check(accounts, 80, code, 5602, &got), ZHOL_ERROR_OK);
    accounts_close(accounts);
    store_close(store);
}

/* ---- many threads ---- */

struct busy {
    struct accounts *accounts;
    char token[ACCOUNT_TOKEN_SIZE];
    uint32_t refused;
};

static void *check_often(void *context)
{
    struct busy *busy = context;
    for (int i = 0; i < 2000; i++) {
        struct account got;
        busy->refused += accounts_check(busy->accounts, busy->token, 2000 + i, &got) != 0;
    }
    return NULL;
}

static void threads_share_accounts(void)
{
    struct store *store = memory_store();
    struct accounts *accounts = NULL;
    struct account driver = {.role = ROLE_driver, .id = 9, .place = 3};
    struct busy busy[3];
    pthread_t threads[3];
    border_must(accounts_open(store, &accounts), "accounts");
    for (int i = 0; i < 3; i++) {
        busy[i] = (struct busy){.accounts = accounts};
        border_must(accounts_token(accounts, &driver, 1000, 100000, busy[i].token), "token");
        CHECK(pthread_create(&threads[i], NULL, check_often, &busy[i]) == 0);
    }
    for (int i = 0; i < 200; i++) {
        char token[ACCOUNT_TOKEN_SIZE];
        border_must(accounts_token(accounts, &driver, 1000, 100000, token), "token");
        border_must(accounts_revoke(accounts, token), "revoke");
    }
    for (int i = 0; i < 3; i++) {
        pthread_join(threads[i], NULL);
        CHECK_INT_EQ(busy[i].refused, 0);
    }
    accounts_close(accounts);
    store_close(store);
}

/* ---- every role, every command ---- */

/* Who may: c a carrier for what is his, o an officer at his checkpoint, O an operator, a an
 * auditor, s the system. Nobody else may anything, and nobody for what is another's. */
static const struct {
    enum command_kind kind;
    const char *who;
} allowed[] = {
    {COMMAND_carrier_register, "c"},
    {COMMAND_vehicle_register, "c"},
    {COMMAND_driver_register, "c"},
    {COMMAND_subject_erase, "Os"},
    {COMMAND_mark_add, "s"},
    {COMMAND_mark_lift, "Os"},
    {COMMAND_anchor, "s"},
    {COMMAND_countersign, "oa"},
    {COMMAND_rules_set, "Os"},
    {COMMAND_slots_publish, "Os"},
    {COMMAND_capacity_set, "oO"},
    {COMMAND_close, "oO"},
    {COMMAND_reopen, "oO"},
    {COMMAND_round_open, "Os"},
    {COMMAND_round_draw, "Os"},
    {COMMAND_request, "c"},
    {COMMAND_book, "c"},
    {COMMAND_book_next, "c"},
    {COMMAND_join, "c"},
    {COMMAND_driver_add, "c"},
    {COMMAND_vehicle_swap, "c"},
    {COMMAND_postpone, "c"},
    {COMMAND_cancel, "c"},
    {COMMAND_arrive, "oO"},
    {COMMAND_call_forward, "oO"},
    {COMMAND_enter, "oO"},
    {COMMAND_clear, "oO"},
    {COMMAND_refuse, "oO"},
    {COMMAND_no_show, "oO"},
    {COMMAND_sweep, "s"},
    {COMMAND_appeal, "c"},
    {COMMAND_decide, "O"},
};

static bool on_place(enum command_kind kind)
{
    return kind == COMMAND_driver_add || kind == COMMAND_vehicle_swap || kind == COMMAND_postpone ||
           kind == COMMAND_cancel || kind == COMMAND_appeal;
}

static struct command own_command(enum command_kind kind)
{
    struct command command = {.kind = kind};
    snprintf(command.stream, sizeof command.stream, "%s",
             command_stream_of(kind) == STREAM_REGISTRY ? "registry" : "KOLZHAT");
    command.carrier = on_place(kind) ? 0 : 0xC1;
    return command;
}

static void every_role_with_every_command(void)
{
    static const char letters[ROLE_COUNT] = {
        [ROLE_public] = '-',   [ROLE_driver] = '-',  [ROLE_carrier] = 'c', [ROLE_officer] = 'o',
        [ROLE_operator] = 'O', [ROLE_auditor] = 'a', [ROLE_system] = 's'};
    bool seen[COMMAND_COUNT] = {false};
    uint32_t tried = 0;
    for (size_t i = 0; i < sizeof allowed / sizeof *allowed; i++) {
        struct command command = own_command(allowed[i].kind);
        uint64_t owner = on_place(allowed[i].kind) ? 0xC1 : 0;
        seen[allowed[i].kind] = true;
        for (int role = 0; role < ROLE_COUNT; role++) {
            struct account account = {.id = 1, .role = (enum role)role};
            bool want = strchr(allowed[i].who, letters[role]) != NULL;
            account.carrier = role == ROLE_carrier || role == ROLE_driver ? 0xC1 : 0;
            account.place = role == ROLE_driver ? command.place : 0;
            snprintf(account.checkpoint, sizeof account.checkpoint, "%s",
                     role == ROLE_officer ? "KOLZHAT" : "");
            if (role_allows(&account, &command, owner) != want) {
                CHECK_FAIL("%s as %s: want %d", command_name(command.kind),
                           role_name((enum role)role), want);
            }
            account.disabled = true;
            CHECK(!role_allows(&account, &command, owner));
            tried++;
        }
    }
    for (int kind = 0; kind < COMMAND_COUNT; kind++) {
        CHECK(seen[kind]); /* a new command needs a line in the table */
    }
    CHECK_INT_EQ(tried, COMMAND_COUNT * ROLE_COUNT);
}

static void nobody_acts_for_a_stranger(void)
{
    for (int kind = 0; kind < COMMAND_COUNT; kind++) {
        struct command command = own_command((enum command_kind)kind);
        struct account carrier = {.id = 1, .role = ROLE_carrier, .carrier = 0xC2};
        struct account no_carrier = {.id = 1, .role = ROLE_carrier};
        struct account elsewhere = {.id = 1, .role = ROLE_officer, .checkpoint = "NURZHOLY"};
        struct account bound = {.id = 1, .role = ROLE_operator, .checkpoint = "NURZHOLY"};
        uint64_t owner = on_place(command.kind) ? 0xC1 : 0;
        bool registry = command_stream_of(command.kind) == STREAM_REGISTRY;
        CHECK(!role_allows(&carrier, &command, owner));
        CHECK(!role_allows(&no_carrier, &command, owner));
        CHECK(!role_allows(&no_carrier, &command, 0));
        CHECK(role_allows(&elsewhere, &command, owner) == (kind == COMMAND_countersign));
        CHECK(!role_allows(&bound, &command, owner) || registry);
        /* his own name on another's place, and the reverse */
        command.carrier = 0xC2;
        CHECK(!role_allows(&carrier, &command, 0xC1));
        command.carrier = 0xC1;
        CHECK(!role_allows(&carrier, &command, 0xC2));
    }
    struct command unknown = {.kind = COMMAND_COUNT};
    struct account system = {.role = ROLE_system};
    CHECK(!role_allows(&system, &unknown, 0));
}

int main(void)
{
    RUN(accounts_log_in);
    RUN(bad_accounts_are_refused);
    RUN(five_failures_are_enough);
    RUN(tokens_live_and_end);
    RUN(many_tokens_are_kept);
    RUN(changes_of_others_are_seen);
    RUN(codes_open_once);
    RUN(threads_share_accounts);
    RUN(every_role_with_every_command);
    RUN(nobody_acts_for_a_stranger);
    return check_report();
}
