/** Who is logged in, in the page's head. */
import { t } from '../i18n.js';
import { link } from '../router.js';
import { logOut, onSession, session } from './border_session.js';
import { h } from './dom.js';

let stop = () => {};

function draw(place, me) {
    if (me.role === 'public') {
        place.replaceChildren(h('a', { class: 'button quiet', href: link('account') }, t('border.log_in')));
        return;
    }
    place.replaceChildren(
        h('a', { class: 'who', href: link('account'), title: t(`border.role.${me.role}`) }, me.name),
        h('button', { class: 'button quiet', type: 'button', onclick: () => logOut() }, t('border.log_out')),
    );
}

/** @param {HTMLElement} place filled with the account's name and what it may do */
export function mountAccount(place) {
    stop();
    stop = onSession((me) => draw(place, me));
    session().then((me) => draw(place, me));
}
