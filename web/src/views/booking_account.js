/** Logging in, and registering a carrier. */
import { get } from '../api.js';
import { t } from '../i18n.js';
import { demoStrip, field, onSubmit, problemText, queueTabs } from '../parts/border_parts.js';
import { logIn, logOut, onSession, session, signUp } from '../parts/border_session.js';
import { h } from '../parts/dom.js';
import { link } from '../router.js';

const HOME = { carrier: 'places', officer: 'officer', operator: 'officer', auditor: 'officer', driver: 'queue' };

/** A refused log-in is about name and password, not about rights. */
async function loggingIn(name, password) {
    try {
        return await logIn(name, password);
    } catch (error) {
        if (error.status === 401 || error.status === 403) {
            error.code = 'login';
            error.message = t('booking.wrong_password');
        }
        throw error;
    }
}

function loginForm(demo, entered) {
    const form = h(
        'form',
        { class: 'fields' },
        field(t('booking.login_name'), h('input', { name: 'name', autocomplete: 'username', required: true, autocapitalize: 'none' })),
        field(t('booking.password'), h('input', { name: 'password', type: 'password', autocomplete: 'current-password', required: true })),
        h('p', { class: 'fault', role: 'alert' }),
        h('button', { class: 'button main', type: 'submit' }, t('border.log_in')),
        demo ? h('p', { class: 'muted small' }, t('booking.demo_accounts')) : null,
    );
    return onSubmit(form, async ({ name, password }) => entered(await loggingIn(name, password)));
}

function signupForm(entered) {
    const input = (name, extra) => h('input', { name, id: `signup-${name}`, required: true, ...extra });
    const form = h(
        'form',
        { class: 'fields' },
        field(t('booking.company'), input('company', { autocomplete: 'organization', maxlength: 120 })),
        field(t('booking.bin'), input('bin', { required: false, inputmode: 'numeric', maxlength: 12 }), t('booking.bin_hint')),
        field(t('booking.phone'), input('phone', { type: 'tel', autocomplete: 'tel' })),
        field(t('booking.email'), input('email', { type: 'email', autocomplete: 'email' })),
        field(t('booking.login_name'), input('name', { autocomplete: 'username', autocapitalize: 'none', maxlength: 60 })),
        field(t('booking.password'), input('password', { type: 'password', autocomplete: 'new-password', minlength: 10 }), t('booking.password_hint')),
        h('p', { class: 'fault', role: 'alert' }),
        h('button', { class: 'button', type: 'submit' }, t('booking.sign_up')),
    );
    return onSubmit(form, async (given) => entered(await signUp(given)));
}

/**
 * Both forms beside each other.
 * @param {boolean} demo
 * @param {{entered?: (me: object) => void, signup?: boolean}} [how]
 */
export function accountForms(demo, { entered = () => {}, signup = true } = {}) {
    const card = (title, note, form) =>
        h(
            'section',
            { class: 'card' },
            h('header', {}, h('h2', {}, title)),
            h('div', { class: 'body' }, note ? h('p', { class: 'muted' }, note) : null, form),
        );
    return h(
        'div',
        { class: 'two' },
        card(t('border.log_in'), '', loginForm(demo, entered)),
        signup ? card(t('booking.sign_up_title'), t('booking.sign_up_note'), signupForm(entered)) : null,
    );
}

function profile(me) {
    const fault = h('p', { class: 'fault', role: 'alert' });
    return h(
        'section',
        { class: 'card narrow' },
        h('header', {}, h('h2', {}, me.name), h('span', { class: 'badge' }, t(`border.role.${me.role}`))),
        h(
            'div',
            { class: 'body' },
            h(
                'dl',
                { class: 'facts' },
                me.carrier ? [h('dt', {}, t('booking.carrier_id')), h('dd', {}, h('code', { class: 'hash' }, me.carrier))] : [],
                me.checkpoint ? [h('dt', {}, t('booking.checkpoint')), h('dd', {}, me.checkpoint)] : [],
            ),
            fault,
            h(
                'div',
                { class: 'row' },
                h('a', { class: 'button main', href: link(HOME[me.role] ?? 'queue') }, t('booking.go_on')),
                h(
                    'button',
                    {
                        class: 'button',
                        type: 'button',
                        onclick: () => logOut().catch((error) => (fault.textContent = problemText(error))),
                    },
                    t('border.log_out'),
                ),
            ),
        ),
    );
}

/** @param {HTMLElement} root @param {import('../router.js').Context} context */
export async function mount(root, { go }) {
    const [me, meta] = await Promise.all([session(), get('/v1/meta')]);
    const page = h('div', { class: 'page' });
    const draw = (who) =>
        page.replaceChildren(
            queueTabs('account', who.role),
            h('div', { class: 'page-head' }, h('h1', {}, t('booking.account'))),
            who.role === 'public'
                ? accountForms(meta.demo, { entered: (now) => go(HOME[now.role] ?? 'queue') })
                : profile(who),
        );
    draw(me);
    root.append(demoStrip(meta.demo), page);
    return { destroy: onSession(draw) };
}
