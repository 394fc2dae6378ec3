/* cmd_account.c: who may log in: accounts of carriers, officers, operators, auditors. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/json.h"
#include "base/table_out.h"
#include "load.h"
#include "operate/plain.h"
#include "operated.h"

enum { PASSWORD_SIZE = 1100 };

static const struct option_row options[] = {
    {"store", 0, "URL", NULL, false,
     SAID("the store, sqlite:FILE; made by `add` when there is none",
          "хранилище, sqlite:ФАЙЛ; `add` создаёт его, если его нет")},
    {"name", 0, "NAME", NULL, false,
     SAID("log-in: 1-63 of a-z, 0-9, . - _ @", "имя для входа: 1-63 знака a-z, 0-9, . - _ @")},
    {"role", 0, "ROLE", "carrier|officer|operator|auditor", false,
     SAID("what the account may do", "что может учётная запись")},
    {"checkpoint", 0, "ID", NULL, false,
     SAID("of an officer or operator: only this checkpoint",
          "для инспектора или оператора: только этот пункт пропуска")},
    {"carrier", 0, "ID", NULL, false,
     SAID("of a carrier: its 16 hexadecimal digits in the journal",
          "для перевозчика: его 16 шестнадцатеричных цифр в журнале")},
    {NULL, 0, NULL, NULL, false, SAID("", "")},
};

static bool is_ru(const struct given *given)
{
    return given->lang == LANG_RU;
}

/* ---- the password ---- */

static bool read_line(char line[PASSWORD_SIZE])
{
    if (!fgets(line, PASSWORD_SIZE, stdin)) {
        return false;
    }
    line[strcspn(line, "\r\n")] = '\0';
    return true;
}

/* From a terminal twice and without echo; else the first line of standard input. */
static int read_password(const struct given *given, char password[PASSWORD_SIZE])
{
    char again[PASSWORD_SIZE];
    struct termios shown, hidden;
    bool terminal = isatty(STDIN_FILENO) && tcgetattr(STDIN_FILENO, &shown) == 0;
    if (!terminal) {
        return read_line(password) ? EXIT_FINE
                                   : fail(given, EXIT_MISUSED, "%s",
                                          is_ru(given) ? "на стандартном вводе нет пароля"
                                                       : "no password on standard input");
    }
    hidden = shown;
    hidden.c_lflag &= (tcflag_t)~ECHO;
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
    fputs(is_ru(given) ? "Пароль: " : "Password: ", stderr);
    bool read = read_line(password);
    fputs(is_ru(given) ? "\nЕщё раз: " : "\nOnce more: ", stderr);
    read = read && read_line(again);
    fputc('\n', stderr);
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown);
    bool same = read && strcmp(password, again) == 0;
    plain_wipe(again, sizeof again);
    return same ? EXIT_FINE
                : fail(given, EXIT_MISUSED, "%s",
                       is_ru(given) ? "пароли различаются" : "the two passwords differ");
}

/* ---- add ---- */

static int read_account(const struct given *given, struct account *account)
{
    const char *name = given_value(given, "name"), *role = given_value(given, "role");
    const char *checkpoint = given_value(given, "checkpoint");
    const char *carrier = given_value(given, "carrier");
    if (!name || !role) {
        return fail(given, EXIT_MISUSED, "%s",
                    is_ru(given) ? "нужны --name и --role" : "--name and --role are needed");
    }
    for (unsigned i = 0; i < ROLE_COUNT; i++) {
        account->role = strcmp(role, role_name((enum role)i)) == 0 ? (enum role)i : account->role;
    }
    bool fits = strlen(name) < sizeof account->name &&
                (!checkpoint || strlen(checkpoint) < sizeof account->checkpoint);
    if (!fits || (carrier && opaque_read(text_view_of(carrier), &account->carrier))) {
        return fail(given, EXIT_MISUSED, "%s",
                    is_ru(given) ? "--name, --checkpoint или --carrier не того вида"
                                 : "--name, --checkpoint or --carrier is not of its form");
    }
    memcpy(account->name, name, strlen(name) + 1);
    memcpy(account->checkpoint, checkpoint ? checkpoint : "",
           checkpoint ? strlen(checkpoint) + 1 : 1);
    return EXIT_FINE;
}

static int fail_add(const struct given *given, enum zhol_error error, const char *name)
{
    bool ru = is_ru(given);
    switch (error) {
    case ZHOL_ERROR_DUPLICATE:
        return fail(given, EXIT_NO_ANSWER,
                    ru ? "учётная запись %s уже есть" : "there is an account %s already", name);
    case ZHOL_ERROR_RANGE:
        return fail(given, EXIT_MISUSED, "%s",
                    ru ? "пароль: от 10 до 1024 знаков" : "a password has 10 to 1024 characters");
    case ZHOL_ERROR_SYNTAX:
        return fail(given, EXIT_MISUSED, "%s",
                    ru ? "--name: 1-63 знака a-z, 0-9, . - _ @"
                       : "--name: 1-63 of a-z, 0-9, . - _ @");
    case ZHOL_ERROR_INVALID:
        return fail(given, EXIT_MISUSED, "%s",
                    ru ? "перевозчику нужен --carrier" : "a carrier's account needs --carrier");
    default:
        return fail(given, operated_code(error), "%s", operated_error(given, error));
    }
}

static int add(const struct given *given, struct accounts *accounts)
{
    struct account account = {0};
    char password[PASSWORD_SIZE] = "";
    int code = read_account(given, &account);
    code = code == EXIT_FINE ? read_password(given, password) : code;
    if (code == EXIT_FINE) {
        enum zhol_error error = accounts_add(accounts, &account, password);
        code = error ? fail_add(given, error, account.name) : EXIT_FINE;
    }
    plain_wipe(password, sizeof password);
    if (code == EXIT_FINE) {
        printf(is_ru(given) ? "Добавлена: %s (%s)\n" : "Added: %s (%s)\n", account.name,
               role_name(account.role));
    }
    return code;
}

/* ---- list ---- */

struct listing {
    struct table_out table;
    struct json_writer json;
    bool as_json, ru;
};

static bool list_one(void *context, const struct account *account)
{
    struct listing *listing = context;
    char carrier[OPAQUE_TEXT_SIZE] = "";
    if (account->carrier) {
        opaque_write(account->carrier, carrier);
    }
    if (listing->as_json) {
        json_write_object(&listing->json);
        json_member_text(&listing->json, "name", account->name);
        json_member_text(&listing->json, "role", role_name(account->role));
        json_member_text(&listing->json, "checkpoint", account->checkpoint);
        json_member_text(&listing->json, "carrier", carrier);
        json_member_bool(&listing->json, "disabled", account->disabled);
        json_write_object_end(&listing->json);
        return true;
    }
    table_out_text(&listing->table, account->name);
    table_out_text(&listing->table, role_name(account->role));
    table_out_text(&listing->table, account->checkpoint[0] ? account->checkpoint : "-");
    table_out_text(&listing->table, carrier[0] ? carrier : "-");
    table_out_text(&listing->table, !account->disabled ? (listing->ru ? "да" : "yes")
                                                       : (listing->ru ? "нет" : "no"));
    return true;
}

static int list(const struct given *given, struct accounts *accounts)
{
    struct buffer out = {0};
    struct listing listing = {.as_json = strcmp(given_format(given), "json") == 0,
                              .ru = is_ru(given)};
    table_out_init(&listing.table, 0);
    table_out_column(&listing.table, listing.ru ? "Имя" : "Name", TABLE_CUT);
    table_out_column(&listing.table, listing.ru ? "Роль" : "Role", TABLE_CUT);
    table_out_column(&listing.table, listing.ru ? "Пункт" : "Checkpoint", TABLE_CUT);
    table_out_column(&listing.table, listing.ru ? "Перевозчик" : "Carrier", TABLE_CUT);
    table_out_column(&listing.table, listing.ru ? "Вход" : "Log-in", TABLE_CUT);
    json_writer_init(&listing.json, &out, true);
    if (listing.as_json) {
        json_write_array(&listing.json);
    }
    enum zhol_error error = accounts_list(accounts, list_one, &listing);
    if (listing.as_json) {
        json_write_array_end(&listing.json);
        json_writer_end(&listing.json);
    } else if (!error) {
        error = table_out_print(&listing.table, &out);
    }
    int code = error ? fail(given, operated_code(error), "%s", operated_error(given, error))
                     : load_write(given, &out, EXIT_FINE);
    table_out_clear(&listing.table);
    buffer_clear(&out);
    return code;
}

/* ---- disable, enable ---- */

static int change(const struct given *given, struct accounts *accounts, bool disabled)
{
    const char *name = given_value(given, "name");
    if (!name) {
        return fail(given, EXIT_MISUSED, "%s", is_ru(given) ? "нужен --name" : "--name is needed");
    }
    enum zhol_error error = accounts_disable(accounts, name, disabled);
    if (error == ZHOL_ERROR_UNKNOWN) {
        return fail(given, EXIT_NO_ANSWER,
                    is_ru(given) ? "нет учётной записи %s" : "there is no account %s", name);
    }
    if (error) {
        return fail(given, operated_code(error), "%s", operated_error(given, error));
    }
    printf(disabled ? (is_ru(given) ? "Отключена: %s\n" : "Disabled: %s\n")
                    : (is_ru(given) ? "Включена: %s\n" : "Enabled: %s\n"),
           name);
    return EXIT_FINE;
}

static int run(const struct given *given)
{
    const char *what = given->arguments[0];
    bool adds = strcmp(what, "add") == 0, lists = strcmp(what, "list") == 0;
    bool disables = strcmp(what, "disable") == 0, enables = strcmp(what, "enable") == 0;
    struct store_options how = {.must_exist = !adds, .read_only = lists};
    struct store *store = NULL;
    struct accounts *accounts = NULL;
    if (!adds && !lists && !disables && !enables) {
        return fail(given, EXIT_MISUSED,
                    is_ru(given) ? "«%s»: нужно add, list, disable или enable"
                                 : "'%s': add, list, disable or enable is needed",
                    what);
    }
    int code = operated_open(given, &how, &store);
    if (code == EXIT_FINE) {
        enum zhol_error error = accounts_open(store, &accounts);
        code = error ? fail(given, operated_code(error), "%s", operated_error(given, error))
                     : EXIT_FINE;
    }
    if (code == EXIT_FINE) {
        code = adds    ? add(given, accounts)
               : lists ? list(given, accounts)
                       : change(given, accounts, disables);
    }
    accounts_close(accounts);
    store_close(store);
    return code;
}

static const char *const examples[] = {
    "zhol account add --store sqlite:queue.db --name aigul --role officer --checkpoint KOLZHAT",
    "asks for a password and adds an officer of one checkpoint",
    "спрашивает пароль и добавляет инспектора одного пункта",
    "zhol account list --store sqlite:queue.db",
    "lists all accounts",
    "перечисляет учётные записи",
    "zhol account disable --store sqlite:queue.db --name aigul",
    "ends log-in and sessions, at a running server within ten seconds",
    "прекращает вход и сеансы, на работающем сервере за десять секунд",
    NULL};

const struct command command_account = {
    .name = "account",
    .about = SAID("add, list, disable accounts of a store",
                  "добавить, перечислить, отключить учётные записи хранилища"),
    .arguments = "add|list|disable|enable",
    .min_arguments = 1,
    .max_arguments = 1,
    .formats = "table|json",
    .options = options,
    .details = SAID("The password is asked for on a terminal, and is else the first line of "
                    "standard input. A server may run meanwhile.",
                    "Пароль спрашивается на терминале, иначе это первая строка стандартного "
                    "ввода. Сервер может при этом работать."),
    .examples = examples,
    .run = run,
};
