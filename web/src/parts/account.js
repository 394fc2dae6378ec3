/** Who is signed in, in the page's head. */

/** @param {HTMLElement} place filled with the account's name and what it may do */
export function mountAccount(place) {
    place.replaceChildren();
}
