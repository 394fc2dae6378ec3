/** Days in Kazakh: most browsers have no Kazakh words and would write "2026 M01 31". */

const MONTHS = 'қаң. ақп. нау. сәу. мам. мау. шіл. там. қыр. қаз. қар. жел.'.split(' ');
const DAYS = 'жс дс сс ср бс жм сб'.split(' ');

/**
 * @param {number} time milliseconds, already shifted to the zone that is meant
 * @param {Intl.DateTimeFormatOptions} options of which weekday, year, month, day and hour count
 */
export function kazakhDate(time, options) {
    const date = new Date(time);
    const year = options.year ? `${date.getUTCFullYear()} ж. ` : '';
    const weekday = options.weekday ? `${DAYS[date.getUTCDay()]}, ` : '';
    const number = options.day ? `${date.getUTCDate()} ` : '';
    const clock = options.hour ? `, ${date.toISOString().slice(11, 16)}` : '';
    return `${weekday}${year}${number}${MONTHS[date.getUTCMonth()]}${clock}`;
}
