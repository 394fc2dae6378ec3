/**
 * A field in which a place is found by name in any language (WAI-ARIA combobox with a list).
 * Arrow keys walk through the list, Enter takes, Escape closes.
 */
import { get } from '../api.js';
import { named, t } from '../i18n.js';
import { debounced, h, uniqueId } from './dom.js';

const MOST = 8;

/**
 * @param {{label: string, value?: string, required?: boolean, name?: string, hint?: string,
 *          onPick?: (place: {id: string, name: object}) => void}} options
 */
export function placeField({ label, value = '', required = false, name = '', hint = '', onPick = () => {} }) {
    const listId = uniqueId('places');
    const inputId = uniqueId('place');
    let found = [];
    let at = -1;
    let picked = null;

    const input = h('input', {
        id: inputId,
        name,
        value,
        type: 'text',
        role: 'combobox',
        autocomplete: 'off',
        spellcheck: 'false',
        placeholder: hint || null,
        required,
        'aria-expanded': 'false',
        'aria-autocomplete': 'list',
        'aria-controls': listId,
    });
    const list = h('ul', { id: listId, role: 'listbox', 'aria-label': label, hidden: true });

    const close = () => {
        list.hidden = true;
        at = -1;
        input.setAttribute('aria-expanded', 'false');
        input.removeAttribute('aria-activedescendant');
    };
    const take = (place) => {
        picked = place;
        input.value = named(place.name);
        close();
        onPick(place);
    };
    const show = () => {
        list.replaceChildren(
            ...found.map((place, index) =>
                h(
                    'li',
                    {
                        id: `${listId}-${index}`,
                        role: 'option',
                        'aria-selected': String(index === at),
                        onmousedown: (event) => {
                            event.preventDefault();
                            take(place);
                        },
                    },
                    named(place.name),
                    h('span', { class: 'muted' }, ` ${place.country}`),
                ),
            ),
        );
        list.hidden = found.length === 0;
        input.setAttribute('aria-expanded', String(found.length > 0));
        if (at >= 0) {
            input.setAttribute('aria-activedescendant', `${listId}-${at}`);
        }
    };
    const search = debounced(120, async () => {
        const typed = input.value.trim();
        if (!typed) {
            close();
            return;
        }
        try {
            const answer = await get('/v1/places', { q: typed, limit: MOST });
            if (input.value.trim() === typed && document.activeElement === input) {
                found = answer.items;
                at = -1;
                show();
            }
        } catch {
            close();
        }
    });

    input.addEventListener('input', () => {
        picked = null;
        search();
    });
    input.addEventListener('blur', close);
    input.addEventListener('keydown', (event) => {
        const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
        if (step && found.length) {
            at = (at + step + found.length) % found.length;
            show();
            event.preventDefault();
        } else if (event.key === 'Enter' && !list.hidden) {
            take(found[Math.max(at, 0)]);
            event.preventDefault();
        } else if (event.key === 'Escape') {
            close();
        }
    });
    return {
        input,
        /** What to send: the identifier of what was picked, else the text as typed. */
        get value() {
            return picked?.id ?? input.value.trim();
        },
        element: h(
            'div',
            { class: 'field place-field', title: t('shell.place_hint') },
            h('label', { for: inputId }, label),
            h('div', { class: 'combo' }, input, list),
        ),
    };
}
