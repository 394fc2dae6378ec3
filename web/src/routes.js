/** The routes of the page, the start first; `nav`: a tab of the navigation; `under`: the tab that is lit. */

/** @type {(import('./router.js').Route & {nav: boolean, under?: string})[]} */
export const routes = [
    { name: 'corridor', title: 'shell.nav_corridor', nav: true, load: () => import('./views/corridor.js') },
    { name: 'plan', title: 'shell.nav_plan', nav: true, load: () => import('./views/plan.js') },
    { name: 'capacity', title: 'shell.nav_capacity', nav: true, load: () => import('./views/capacity.js') },
    { name: 'promises', title: 'shell.nav_promises', nav: true, load: () => import('./views/promises.js') },
    { name: 'queue', title: 'shell.nav_queue', nav: true, load: () => import('./views/queue.js') },
    { name: 'booking', under: 'queue', title: 'border.nav_book', nav: false, load: () => import('./views/booking.js') },
    { name: 'places', under: 'queue', title: 'border.nav_places', nav: false, load: () => import('./views/booking_places.js') },
    { name: 'verify', under: 'queue', title: 'border.nav_receipt', nav: false, load: () => import('./views/booking_verify.js') },
    { name: 'account', under: 'queue', title: 'border.log_in', nav: false, load: () => import('./views/booking_account.js') },
    { name: 'officer', title: 'shell.nav_officer', nav: true, load: () => import('./views/officer.js') },
];
