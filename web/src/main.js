/** The page's start: languages, colours, the frame around the views, routes. */
import './style/index.css';
import { get } from './api.js';
import { language, languages, onLanguage, setLanguage, startLanguages, t } from './i18n.js';
import { mountAccount } from './parts/account.js';
import { h } from './parts/dom.js';
import { day as dayText } from './parts/format.js';
import { failure, loading } from './parts/notice.js';
import { nextTheme, setTheme, startTheme, theme } from './parts/theme.js';
import { link, show, startRouter } from './router.js';
import { routes } from './routes.js';

const messages = {
    en: () => import('./i18n/en/index.js').then((module) => module.default),
    ru: () => import('./i18n/ru/index.js').then((module) => module.default),
    kk: () => import('./i18n/kk/index.js').then((module) => module.default),
    zh: () => import('./i18n/zh/index.js').then((module) => module.default),
};

const outlet = h('main', { id: 'main', tabindex: '-1' });
const head = h('header', { class: 'bar' });
const foot = h('footer', { class: 'foot' });
let route = routes[0];
/** @type {{title?: object, as_of?: string, demo?: boolean, version?: string}} */
let meta = {};

function languageChoice() {
    return h(
        'select',
        {
            class: 'choice',
            'aria-label': t('shell.language'),
            onchange: (event) => setLanguage(event.target.value),
        },
        languages.map(({ id, name }) => h('option', { value: id, lang: id, selected: id === language() }, name)),
    );
}

function themeButton() {
    return h(
        'button',
        {
            class: 'button quiet',
            type: 'button',
            title: t('shell.theme'),
            onclick: (event) => {
                setTheme(nextTheme());
                event.target.textContent = t(`shell.theme_${theme()}`);
            },
        },
        t(`shell.theme_${theme()}`),
    );
}

function navigation() {
    return h(
        'nav',
        { class: 'tabs', 'aria-label': t('shell.navigation') },
        routes
            .filter((each) => each.nav)
            .map((each) =>
                h(
                    'a',
                    { href: link(each.name), 'aria-current': each.name === (route.under ?? route.name) ? 'page' : null },
                    t(each.title),
                ),
            ),
    );
}

function drawFrame() {
    const account = h('div', { class: 'account' });
    head.replaceChildren(
        h('a', { class: 'brand', href: link(routes[0].name) }, 'Zhol', h('span', {}, t('shell.subtitle'))),
        navigation(),
        h('div', { class: 'tools' }, account, themeButton(), languageChoice()),
    );
    foot.replaceChildren(
        ...[
            meta.demo ? h('strong', { class: 'badge badge-warn' }, t('shell.demo')) : null,
            meta.corridor_as_of ? h('span', {}, t('shell.as_of', { date: dayText(meta.corridor_as_of) })) : null,
            h('span', {}, t('shell.licence')),
            h('a', { href: '/openapi.json' }, 'OpenAPI'),
            h('a', { href: '/ogc' }, 'OGC API'),
        ].filter(Boolean),
    );
    mountAccount(account);
    setTitle();
}

function setTitle() {
    document.title = `${t(route.title)} · Zhol`;
}

function onRoute(next) {
    const focus = route !== next;
    route = next;
    drawFrame();
    outlet.dataset.view = next.name;
    outlet.replaceChildren(loading());
    if (focus) {
        outlet.focus({ preventScroll: true });
    }
    scrollTo(0, 0);
}

function skipLink() {
    return h(
        'a',
        {
            class: 'skip',
            href: '#main',
            onclick: (event) => {
                event.preventDefault();
                outlet.focus();
            },
        },
        t('shell.skip'),
    );
}

async function start() {
    startTheme();
    await startLanguages(messages);
    const app = document.getElementById('app');
    app.replaceChildren(
        skipLink(),
        head,
        outlet,
        foot,
        h('div', { id: 'announcer', class: 'unseen', role: 'status' }),
    );
    drawFrame();
    onLanguage(() => {
        app.firstChild.replaceWith(skipLink());
        drawFrame();
        show({ again: true });
    });
    get('/v1/meta')
        .then((answer) => {
            meta = answer;
            drawFrame();
        })
        .catch(() => {});
    await startRouter(routes, {
        outlet,
        onRoute,
        onError: (place, error) =>
            place.replaceChildren(failure(error, () => show({ again: true }))),
    });
}

start();
