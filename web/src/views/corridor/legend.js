/** What the lines mean; the modes are switches. */
import { t } from '../../i18n.js';
import { h, s } from '../../parts/dom.js';

export const MODES = ['rail', 'road', 'sea', 'oil', 'gas'];
const STATES = ['operating', 'building', 'planned', 'closed'];

function sample(mode, status, unknown = false) {
    return s(
        'svg',
        { class: 'sample', viewBox: '0 0 34 12', 'aria-hidden': 'true' },
        s(
            'g',
            { class: `way ${mode} ${status}` },
            unknown && s('path', { class: 'hatch', d: 'M2 6H32' }),
            s('path', { class: 'line', d: 'M2 6H32' }),
        ),
    );
}

/**
 * @param {Set<string>} shown modes that are drawn; changed by the switches
 * @param {() => void} onChange
 */
export function legend(shown, onChange) {
    const mode = (name) =>
        h(
            'label',
            { class: 'map-legend-mode' },
            h('input', {
                type: 'checkbox',
                checked: shown.has(name),
                onchange: (event) => {
                    shown[event.target.checked ? 'add' : 'delete'](name);
                    onChange();
                },
            }),
            sample(name, 'operating'),
            t(`corridor.mode_${name}`),
        );
    const state = (name) => h('span', {}, sample('rail', name), t(`corridor.state_${name}`));
    return h(
        'div',
        { class: 'map-legend' },
        h('fieldset', {}, h('legend', { class: 'unseen' }, t('corridor.modes')), ...MODES.map(mode)),
        h(
            'div',
            { class: 'map-legend-states' },
            ...STATES.map(state),
            h('span', {}, sample('rail', 'planned', true), t('corridor.state_unknown')),
        ),
    );
}
