export interface Config {
  /** Release, migrate and deploy services (docs/reference/configuration.md). */
  dojo?: {
    /** Bare git repositories on this machine, for trying the portal out; false: none. */
    localForge?:
      | false
      | {
          /**
           * Folder of the repositories; `dojo/repository: file:ledger.git` is below it, and nothing else is reached by
           * `file:`. Relative paths are relative to the folder of the root app-config.yaml.
           */
          root: string;
        };
    git?: {
      /** Who release commits and tags are by. Default: Dojo Portal, dojo-portal@localhost. */
      author?: {
        name: string;
        email: string;
      };
      /** Hosts that repositories may be on. Default, and when empty: the hosts named in `integrations:`. */
      allowedHosts?: string[];
    };
    /**
     * What components may name in their annotations beside the repository that their catalog-info.yaml came from.
     * Default: nothing.
     */
    allow?: {
      /** Repositories, such as `https://github.com/acme/*` or `file:*`: `*` stands for anything but a slash. */
      repositories?: Array<{
        pattern: string;
        /** Whole entity ref: only components that it owns may. Default: all. */
        owner?: string;
      }>;
      /** Images, such as `ghcr.io/acme/*`. */
      images?: Array<{
        pattern: string;
        owner?: string;
      }>;
    };
    /** Image registries that releases may read and write; others are refused. Default: none. */
    registries?: Array<{
      /** Such as ghcr.io or registry.acme.org:5000. */
      host: string;
      username?: string;
      /** @visibility secret */
      password?: string;
      /** Whether to speak http instead of https. Default: false. */
      plainHttp?: boolean;
    }>;
    /** What plans may take: each runs in a process of its own. */
    plans?: {
      /** Plans that are computed at once; each person has at most half of them. Default: 4. */
      atOnce?: number;
      /** Memory of each, with all that it starts, in MiB (Linux). Default: 384. */
      memoryMegabytes?: number;
      /** Time of each, with its waiting, in seconds. Default: 30. */
      seconds?: number;
    };
    /** What DuckDB may take, for each rehearsal and each run of a migration. */
    migrations?: {
      /** Memory in MiB. Default: 1024. */
      memoryMegabytes?: number;
      /** Disk beside the copy that is worked on, for what does not fit into memory, in MiB. Default: 4096. */
      spillMegabytes?: number;
    };
    /** Named places that services run in, in the order they are shown. */
    environments?: Array<{
      /** Such as dev: lower-case letters, digits and dashes. */
      name: string;
      /** The database of each component there; without it, none is migrated from this portal. */
      database?: {
        /**
         * Path of a DuckDB file on this machine with `{component}` in it, the entity's name in lower case, and with
         * `{namespace}`, a `/` between the two, where components of other namespaces than `default` have databases too.
         * No file of another environment. Relative paths are relative to the folder of the root app-config.yaml.
         */
        file: string;
      };
    }>;
  };
}
