/** The rules of a queue in sentences: only what its data say, see src/operate/rules.h. */
import { t } from '../i18n.js';
import { span } from '../parts/border_time.js';

const time = (seconds) => span(seconds * 1000);
const given = (value) => value !== undefined && value !== null && value >= 0;

function arrival(rules) {
    const lines = [];
    if (given(rules.arrive_early_s)) {
        lines.push(t('booking.rule_early', { span: time(rules.arrive_early_s) }));
    }
    if (given(rules.arrive_late_s)) {
        lines.push(t('booking.rule_late', { span: time(rules.arrive_late_s) }));
    }
    if (given(rules.call_late_s)) {
        lines.push(t('booking.rule_call', { span: time(rules.call_late_s) }));
    }
    return lines;
}

function changes(rules) {
    const lines = [];
    if (given(rules.postpone_max)) {
        const values = { count: rules.postpone_max };
        lines.push(
            rules.postpone_max === 0
                ? t('booking.rule_no_postpone')
                : given(rules.postpone_window_s) && rules.postpone_window_s > 0
                  ? t('booking.rule_postpone_window', { ...values, span: time(rules.postpone_window_s) })
                  : t('booking.rule_postpone', values),
        );
    }
    if (given(rules.postpone_before_s)) {
        lines.push(t('booking.rule_postpone_before', { span: time(rules.postpone_before_s) }));
    }
    if (given(rules.cancel_before_s)) {
        lines.push(t('booking.rule_cancel', { span: time(rules.cancel_before_s) }));
    }
    const edit = rules.edit ?? [];
    lines.push(edit.includes('driver_add') ? t('booking.rule_driver_add') : t('booking.rule_no_edit'));
    return lines;
}

function absences(rules) {
    const lines = [];
    if (given(rules.no_show_max) && given(rules.block_s)) {
        lines.push(
            t('booking.rule_no_show', {
                count: rules.no_show_max,
                window: given(rules.no_show_window_s) ? time(rules.no_show_window_s) : '∞',
                block: time(rules.block_s),
            }),
        );
    }
    if (given(rules.appeal_s)) {
        lines.push(t('booking.rule_appeal', { span: time(rules.appeal_s) }));
    }
    return lines;
}

/** @param {object} rules the queue's member of rules_set @returns {string[]} */
export function ruleLines(rules) {
    const scope = rules.claim_scope === 'direction' ? t('booking.rule_scope_direction') : t('booking.rule_scope_all');
    return [scope, ...arrival(rules), ...changes(rules), ...absences(rules)];
}

/** What booking costs in this category. @returns {{what, amount, currency, note}[]} */
export function feeLines(rules, category) {
    return (rules.fees ?? [])
        .filter((fee) => (!fee.category || fee.category === category) && (!fee.when || fee.when === 'book'))
        .map((fee) => ({
            ...fee,
            note:
                fee.what === 'deposit'
                    ? t('booking.deposit_note', { count: Math.max(1, fee.forfeit_after ?? 0) })
                    : t('booking.fee_note'),
        }));
}
