/**
 * Who is logged in. The session is a cookie that scripts cannot read; a hint in localStorage says
 * whether it is worth asking /v1/me, so that visitors cause no refused request.
 */
import { get, post, setCsrf } from '../api.js';

/** @typedef {{id: string, name: string, role: string, carrier?: string, checkpoint?: string}} Me */

const HINT = 'zhol.session';
const VISITOR = { id: '', name: '', role: 'public' };
const listeners = new Set();
let asked = null;

function hint(value) {
    try {
        if (value === undefined) {
            return localStorage.getItem(HINT) === 'yes';
        }
        localStorage.setItem(HINT, value ? 'yes' : 'no');
    } catch {
        // Without storage the session is asked for each time.
    }
    return true;
}

function take(me) {
    setCsrf(me.csrf ?? '');
    hint(me.role !== 'public');
    asked = Promise.resolve(me);
    listeners.forEach((listener) => listener(me));
    return me;
}

/** @returns {Promise<Me>} the account, or role "public" */
export function session() {
    asked ??= hint()
        ? get('/v1/me').then(
              (me) => {
                  setCsrf(me.csrf ?? '');
                  return me.role ? me : VISITOR;
              },
              (error) => {
                  hint(error.status !== 401);
                  return VISITOR;
              },
          )
        : Promise.resolve(VISITOR);
    return asked;
}

/** Calls back after logging in or out; returns what stops it. */
export function onSession(listener) {
    listeners.add(listener);
    return () => listeners.delete(listener);
}

/** The account is read anew after a log-in: its token for unsafe calls comes with it. */
async function fresh() {
    asked = null;
    hint(true);
    return take(await get('/v1/me'));
}

/** @returns {Promise<Me>} */
export async function logIn(name, password) {
    await post('/v1/login', { name, password });
    return fresh();
}

/** Makes an account and logs it in. @param {object} form as of POST /v1/signup */
export async function signUp(form) {
    await post('/v1/signup', form);
    const me = await fresh().catch(() => null);
    return me && me.role !== 'public' ? me : logIn(form.name, form.password);
}

export async function logOut() {
    try {
        await post('/v1/logout');
    } finally {
        take(VISITOR);
    }
}
