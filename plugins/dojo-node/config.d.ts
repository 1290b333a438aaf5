export interface Config {
  /** Release, migrate and deploy services (docs/reference/configuration.md). */
  dojo?: {
    /** Bare git repositories on this machine, for trying the portal out; false: none. */
    localForge?:
      | false
      | {
          /**
           * Folder of the repositories; `dojo/repository: file:ledger.git` and `dojo/image: oci:images/ledger` are below
           * it, and nothing else is reached by `file:` and `oci:`. Relative paths are relative to the folder of the root app-config.yaml.
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
      /** Images, such as `ghcr.io/acme/*` or `oci:images/*`. */
      images?: Array<{
        pattern: string;
        owner?: string;
      }>;
      /** Repositories of overlays, for `dojo/infra`. */
      infra?: Array<{
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
    /** The git repository that holds the overlays, `<component>/<environment>/`; false: none, and nothing is deployed. */
    infra?:
      | false
      | {
          /** Such as https://github.com/acme/infra.git, or file:infra.git below the local forge. */
          repository: string;
          /** Branch whose head is what should run. Default: the remote's HEAD. */
          branch?: string;
        };
    kustomize?: {
      /**
       * Program that renders overlays: kustomize or kubectl, a path or a name on PATH. Default: kustomize, else kubectl.
       * Relative paths are relative to the folder of the root app-config.yaml.
       */
      command?: string;
    };
    /** Named places that services run in, in the order they are shown. */
    environments?: Array<{
      /** Such as dev: lower-case letters, digits and dashes. */
      name: string;
      /** What people call it. Default: its name. */
      title?: string;
      /** The database of each component there; without it, none is migrated from this portal. */
      database?: {
        /**
         * Path of a DuckDB file on this machine with `{component}` in it, the entity's name in lower case, and with
         * `{namespace}`, a `/` between the two, where components of other namespaces than `default` have databases too.
         * No file of another environment. Relative paths are relative to the folder of the root app-config.yaml.
         */
        file: string;
      };
      /**
       * Name of a cluster in kubernetes.clusterLocatorMethods of type config, with authProvider serviceAccount. Default:
       * none is asked.
       */
      cluster?: string;
      /** Namespace of each component there. Default: {component}-{environment}. */
      namespace?: string;
      /**
       * How a change of an overlay lands: by one commit on the infra repository's branch; on a branch of its own that
       * somebody merges; or by that commit and server-side apply to its cluster, which must be named then. Default: commit.
       */
      mode?: 'commit' | 'pull-request' | 'apply';
      /** The environment before it: what is there is offered to be promoted to this one. Default: none, it is the first. */
      promotesFrom?: string;
      /** Whether nothing else gets in than what promotesFrom has, but a rollback. Default: what approval is. */
      promotedOnly?: boolean;
      /** Whether somebody else than who asks for it lands a change; then mode is pull-request. Default: false. */
      approval?: boolean;
      /** Times in which nothing but a rollback is deployed, such as `Fri 16:00 - Mon 08:00 Europe/Rome`. */
      freeze?: string[];
      /**
       * What brings the overlays into the cluster, which must be named then: a deployment waits until its commit has come up.
       * Not with mode apply. Default: nothing is waited for.
       */
      sync?: {
        /** An Application of Argo CD, or a Kustomization of Flux. */
        kind: 'argo' | 'flux';
        name: string;
        /** Its own, such as argocd or flux-system. */
        namespace: string;
      };
    }>;
    /** Forges that tell of pushes (`/api/dojo/webhooks/github` and `…/gitlab`). Default: none is listened to. */
    webhooks?: {
      github?: {
        /**
         * Of at least 16 characters; the webhook on the forge has the same.
         * @visibility secret
         */
        secret: string;
      };
      gitlab?: {
        /**
         * Of at least 16 characters; the webhook on the forge has the same.
         * @visibility secret
         */
        secret: string;
      };
    };
    /** What the four measures on the Delivery tab are of. */
    metrics?: {
      /** Name of an environment. Default: each one that none promotes from, each for itself. */
      environment?: string;
      /**
       * Within which a fix of what was deployed counts as its failure, such as 24h, 90m or 2d; 0: never. Default: 24h.
       */
      hotfixWindow?: string | number;
    };
  };
  /** Of Backstage's own settings of its Kubernetes plugin, what environments use of the clusters that they name. */
  kubernetes?: {
    clusterLocatorMethods?: Array<{
      /** Only clusters of `config` can be named. */
      type: string;
      clusters?: Array<{
        name: string;
        /** Of the API server. */
        url: string;
        /** Only `serviceAccount` can be deployed with. */
        authProvider: string;
        /**
         * Default: the service account of the pod that this portal runs in, with its cluster's address and certificate.
         * @visibility secret
         */
        serviceAccountToken?: string;
        /** Who signed the server's certificate: base64 of PEM. Default: whom the machine trusts. */
        caData?: string;
        /** Path of the same as PEM; it wins. Relative paths are relative to the folder of the root app-config.yaml. */
        caFile?: string;
        /** Nothing is deployed to a cluster that has it. Default: false. */
        skipTLSVerify?: boolean;
      }>;
    }>;
  };
}
