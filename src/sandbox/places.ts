/** The paths of the services and how a login is shown there (isds §1.2). */

const SERVICES = ['dz', 'dx', 'df', 'DsManage', 'vodz'] as const;

export type Service = (typeof SERVICES)[number];

/** By what stands before /DS/. */
const ENTRANCES = { '': 'password', '/cert': 'certificate' } as const;

/** Which service a path leads to, and for which kind of login. */
export interface Place {
  readonly entrance: (typeof ENTRANCES)[keyof typeof ENTRANCES];
  readonly service: Service;
}

const PLACES: ReadonlyMap<string, Place> = new Map(
  Object.entries(ENTRANCES).flatMap(([prefix, entrance]) =>
    SERVICES.map((service) => [`${prefix}/DS/${service}`, { entrance, service }] as const),
  ),
);

export function placeOf(path: string): Place | undefined {
  return PLACES.get(path);
}
