/**
 * The projection of all maps: Lambert's conformal conic with two standard parallels through the
 * corridor's latitudes: angles are true, and the middle, where the corridor lies, keeps its size.
 */
import { geoConicConformal, geoPath } from 'd3-geo';

/**
 * @param {[number, number][]} positions that must be seen
 * @param {number} width @param {number} height of the drawing
 */
export function conicAround(positions, width, height) {
    const lons = positions.map((position) => position[0]);
    const lats = positions.map((position) => position[1]);
    const middle = (Math.min(...lons) + Math.max(...lons)) / 2;
    const south = Math.min(...lats);
    const north = Math.max(...lats);
    const margin = Math.min(width, height) * 0.06 + 12;
    return geoConicConformal()
        .parallels([south + (north - south) / 6, north - (north - south) / 6])
        .rotate([-middle, 0])
        .precision(0.4)
        .fitExtent(
            [
                [margin, margin],
                [width - margin, height - margin],
            ],
            { type: 'MultiPoint', coordinates: positions },
        );
}

/** The text of a path for a GeoJSON object. */
export const pathOf = (projection) => geoPath(projection).digits(1);
