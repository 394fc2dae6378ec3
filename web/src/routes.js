/** The routes of the page, the start first. `area` says in which part of the navigation. */

/** @type {(import('./router.js').Route & {nav: boolean})[]} */
export const routes = [
    { name: 'corridor', title: 'shell.nav_corridor', nav: true, load: () => import('./views/corridor.js') },
    { name: 'plan', title: 'shell.nav_plan', nav: true, load: () => import('./views/plan.js') },
    { name: 'promises', title: 'shell.nav_promises', nav: true, load: () => import('./views/promises.js') },
    { name: 'queue', title: 'shell.nav_queue', nav: true, load: () => import('./views/queue.js') },
    { name: 'officer', title: 'shell.nav_officer', nav: true, load: () => import('./views/officer.js') },
];
