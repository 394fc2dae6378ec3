/* network/builder.h: puts a network together piece by piece and makes the one block of it.
 *
 * Purpose: the compiler of a corridor uses it, and so do tests and oracles that need a network
 * without a corridor. Call order: network_builder_new; any number of additions in any order, where
 * what is referred to must have been added before; network_builder_finish; network_builder_free.
 * Ownership: the builder copies all it is given; the network that finish gives is the caller's and
 * needs the builder no more. Numbers: a vertex keeps the number that it got. Arcs are sorted by
 * tail (arcs of one tail stay in the order in which they were added), so that an arc's number in
 * the network differs from the one given here; ways of rides are renumbered by finish.
 * Equal price sets, ban lists, calendars and lists of uses are kept once. Number 0 of each is the
 * empty one (nothing known, no ban, always open, no use); factor 0 is "none known".
 *
 * Errors: ZHOL_ERROR_MEMORY; ZHOL_ERROR_LIMIT (a number that does not fit its field: 65,535
 * factors, calendars or ban lists, 2^32 - 2 of the rest); ZHOL_ERROR_USAGE where something refers
 * to what was not added. A failed call changes nothing. Complexity: amortised O(1) per item;
 * finish O(vertices + arcs + bytes). Same calls, same bytes.
 *
 *     struct network_builder *b;
 *     uint32_t from, to;
 *     error = network_builder_new(&b);
 *     error = network_builder_place(b, 0, zhol_state_ROAD, &from);
 *     error = network_builder_place(b, 1, zhol_state_ROAD, &to);
 *     struct zhol_arc arc = network_arc_move(to, 0, zhol_mode_ROAD, 12000, 15);
 *     error = network_builder_arc(b, from, &arc, NULL);
 *     error = network_builder_finish(b, &network);
 *     network_builder_free(b);
 */
#ifndef ZHOL_NETWORK_BUILDER_H
#define ZHOL_NETWORK_BUILDER_H

#include <zhol/network.h>

struct network_builder;

enum zhol_error network_builder_new(struct network_builder **out);
void network_builder_free(struct network_builder *builder);

/* Makes room at once where the sizes are known; optional. */
enum zhol_error network_builder_reserve(struct network_builder *builder, uint32_t nodes,
                                        uint32_t vertices, uint32_t arcs);
/* The day and the horizon (UTC minutes); without this call day 0 and the horizon [0, 0). */
void network_builder_dates(struct network_builder *builder, int32_t day, int64_t from_min,
                           int64_t to_min);
/* How many rows and things a table of the corridor has, and the corridor's date: row and thing
 * numbers are checked against them by zhol_network_verify. Without these calls any number passes.
 */
void network_builder_table(struct network_builder *builder, enum zhol_table table, uint32_t rows,
                           uint32_t things);
void network_builder_as_of(struct network_builder *builder, int32_t as_of);

/* The vertex of a state at a place, added at its first use. Nodes are numbers from 0. */
enum zhol_error network_builder_place(struct network_builder *builder, uint32_t node,
                                      unsigned state, uint32_t *vertex);
/* The same without adding: ZHOL_NONE where it is not there. */
uint32_t network_builder_find_place(const struct network_builder *builder, uint32_t node,
                                    unsigned state);
/* A point on a link: its node, link, state and stage (> 0) say which; always a new vertex. */
enum zhol_error network_builder_stage(struct network_builder *builder,
                                      const struct zhol_vertex *stage, uint32_t *vertex);
/* An arc out of `tail`; every number in it must be one that the builder gave. *number (may be
 * NULL) is for ways. */
enum zhol_error network_builder_arc(struct network_builder *builder, uint32_t tail,
                                    const struct zhol_arc *arc, uint32_t *number);
/* The arcs added so far, their tails, and their count; valid until the next arc is added. */
uint32_t network_builder_arcs(const struct network_builder *builder, const struct zhol_arc **arcs,
                              const uint32_t **tails);
/* The vertices added so far; valid until the next one is added. */
uint32_t network_builder_vertices(const struct network_builder *builder,
                                  const struct zhol_vertex **vertices);

/* A price; a set of prices, sorted here into the order that a set must have: by kind of cost, then
 * most specific first, then by price number. Prices may repeat. */
enum zhol_error network_builder_price(struct network_builder *builder,
                                      const struct zhol_price *price, uint32_t *number);
enum zhol_error network_builder_price_set(struct network_builder *builder, const uint32_t *prices,
                                          uint32_t count, uint32_t *set);
/* The prices of a set, and the bans of a list, as they were added; valid until the next addition.
 */
const uint32_t *network_builder_set_prices(const struct network_builder *builder, uint32_t set,
                                           uint32_t *count);
const struct zhol_ban *network_builder_list_bans(const struct network_builder *builder,
                                                 uint16_t list, uint32_t *count);
enum zhol_error network_builder_factor(struct network_builder *builder,
                                       const struct zhol_factor *factor, uint16_t *number);
/* Opening times: sorted, disjoint, none empty (else ZHOL_ERROR_USAGE). Unlike the other lists a
 * calendar without openings is not number 0: it is never open. */
enum zhol_error network_builder_calendar(struct network_builder *builder,
                                         const struct zhol_opening *openings, uint32_t count,
                                         uint16_t *calendar);
/* Commodities that a ban spares, for zhol_ban.exempt; a count of 0 is offset 0. */
enum zhol_error network_builder_exempt(struct network_builder *builder, const uint32_t *commodities,
                                       uint32_t count, uint32_t *offset);
enum zhol_error network_builder_bans(struct network_builder *builder, const struct zhol_ban *bans,
                                     uint32_t count, uint16_t *list);
enum zhol_error network_builder_uses(struct network_builder *builder, const struct zhol_use *uses,
                                     uint32_t count, uint32_t *list);
enum zhol_error network_builder_text(struct network_builder *builder, const char *text,
                                     uint32_t *offset);
/* Arcs (numbers from network_builder_arc) that form one walk; rides share stretches of it. */
enum zhol_error network_builder_way(struct network_builder *builder, const uint32_t *arcs,
                                    uint32_t count, uint32_t *way);
/* Minutes of `count` arcs of it with the service's own train; until then those of the arcs. */
enum zhol_error network_builder_pace(struct network_builder *builder, uint32_t way,
                                     const uint32_t *minutes, uint32_t count);
/* A ride; ride->way and way_count name a stretch of what network_builder_way added. The arc of
 * kind ZHOL_ARC_RIDE, whose thing is *number, is added by the caller. */
enum zhol_error network_builder_ride(struct network_builder *builder, const struct zhol_ride *ride,
                                     uint32_t *number);
/* What waiting at a vertex costs. */
enum zhol_error network_builder_storage(struct network_builder *builder, uint32_t vertex,
                                        uint32_t price_set);

/* Makes the block; the builder stays as it is. */
enum zhol_error network_builder_finish(const struct network_builder *builder,
                                       struct zhol_network **out);

/* Arcs with the usual fields set and the rest blank: minutes for min, median and mean alike. */
struct zhol_arc network_arc_move(uint32_t head, uint32_t link, unsigned mode, uint32_t length_m,
                                 uint32_t minutes);
struct zhol_arc network_arc_handle(uint32_t head, uint32_t handling, uint32_t process,
                                   uint32_t minutes);
struct zhol_arc network_arc_control(uint32_t head, uint32_t process, uint32_t process_row,
                                    uint32_t minutes);
struct zhol_arc network_arc_ride(uint32_t head, uint32_t ride, unsigned mode, uint32_t length_m,
                                 uint32_t minutes);

#endif
