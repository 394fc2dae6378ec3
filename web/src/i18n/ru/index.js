/** All messages of the page in this language; one file per area. */
import board from './board.js';
import booking from './booking.js';
import border from './border.js';
import capacity from './capacity.js';
import corridor from './corridor.js';
import officer from './officer.js';
import plan from './plan.js';
import promises from './promises.js';
import shell from './shell.js';

export default { ...shell, ...corridor, ...capacity, ...plan, ...promises, ...border, ...board, ...booking, ...officer };
