/** The messages of the page in this language; what it does not say falls back (i18n.js). */
import board from './board.js';
import booking from './booking.js';
import border from './border.js';
import capacity from './capacity.js';
import shell from './shell.js';

export default { ...shell, ...capacity, ...border, ...board, ...booking };
