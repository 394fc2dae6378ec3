/** Which places are named first: 0 always, 1 on the whole map, more only when it is enlarged. */

const BY_KIND = {
    rail_border: 1,
    dry_port: 2,
    seaport: 1,
    caspian_port: 1,
    hub: 2,
    city: 2,
    road_border: 3,
    region: 2,
    junction: 3,
    station: 3,
    refinery: 4,
    pipeline_node: 4,
    silk_road: 2,
};

/**
 * @param {{id: string, kind: string}} node
 * @param {number} degree how many shown ways meet there
 */
export function rankOf(node, degree) {
    const base = BY_KIND[node.kind] ?? 3;
    return Math.max(0, base - (degree >= 6 ? 2 : degree >= 4 ? 1 : 0));
}
