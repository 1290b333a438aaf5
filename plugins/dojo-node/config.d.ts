export interface Config {
  /** Release, migrate and deploy services (docs/reference/configuration.md). */
  dojo?: {
    /** Bare git repositories on this machine, for trying the portal out; `false` in a later file takes them back. */
    localForge?:
      | false
      | {
          /**
           * Folder of the repositories; `dojo/repository: file:ledger.git` and `dojo/image: oci:images/ledger` are below
           * it, links resolved, and nothing else is reached by `file:` and `oci:`. Relative paths are relative to the folder of
           * the root app-config.yaml.
           */
          root: string;
        };
    git?: {
      /** Who release commits and tags are by. Default: Dojo Portal, dojo-portal@localhost. */
      author?: {
        /** Their name. */
        name: string;
        /** Their address. */
        email: string;
      };
      /** Hosts that repositories may be on; `host` or `host:port`. Default: the hosts in `integrations:`, also when empty. */
      allowedHosts?: string[];
    };
    /**
     * What components may name in their annotations beside the repository that their catalog-info.yaml came from.
     */
    allow?: {
      /** Repositories. Default: that which their file came from. */
      repositories?: Array<{
        /** `https://github.com/acme/*`, `file:*`: `*` stands for anything but a slash. */
        pattern: string;
        /** Whole entity ref: the entry is for the components that it owns. Default: all. */
        owner?: string;
      }>;
      /** Images. Default: none. */
      images?: Array<{
        /** `ghcr.io/acme/*`, `oci:images/*`. */
        pattern: string;
        /** As of repositories. Default: all. */
        owner?: string;
      }>;
      /** Repositories of overlays, for `dojo/infra`; a component's own needs an entry too. Default: `dojo.infra` alone. */
      infra?: Array<{
        /** As of repositories. */
        pattern: string;
        /** As of repositories. Default: all. */
        owner?: string;
      }>;
    };
    /** Image registries that releases may read and write; others are refused. Default: none. */
    registries?: Array<{
      /** Such as `ghcr.io` or `registry.acme.org:5000`. */
      host: string;
      /** With the password, or neither: where one is missing or empty, the tab and the log say which. Default: anonymous. */
      username?: string;
      /**
       * Never in a log, an error or a URL. Default: anonymous.
       * @visibility secret
       */
      password?: string;
      /** Whether it speaks http; then its credentials are sent to this machine only. Default: `false`. */
      plainHttp?: boolean;
    }>;
    /** What plans may take: each runs in a process of its own. */
    plans?: {
      /** Plans that are computed at once, all plugins together; each person has at most half of them, others wait in turn. Default: 4. */
      atOnce?: number;
      /** Memory of each, with git and what else it starts, in MiB; only Linux tells, elsewhere nothing is limited. Default: 384. */
      memoryMegabytes?: number;
      /** Time of each, its waiting included, in seconds. Default: 30. */
      seconds?: number;
    };
    /** What DuckDB may take, for each rehearsal and each run of a migration. */
    migrations?: {
      /**
       * Memory in MiB; less where the machine or container has less. The process is stopped at 512 MiB more (Linux).
       * Default: 1024.
       */
      memoryMegabytes?: number;
      /** The database's disk for what does not fit into memory, beside the copy, in MiB. Default: 4096. */
      spillMegabytes?: number;
    };
    /**
     * The git repository of the overlays, `<component>/<environment>/`; what stands at the head of its branch should run.
     * `false` in a later file takes it back. Default: none, nothing is deployed.
     */
    infra?:
      | false
      | {
          /** Such as `https://github.com/acme/infra.git`, or `file:infra.git` below the local forge. */
          repository: string;
          /** Its branch. Default: the remote's HEAD. */
          branch?: string;
        };
    kustomize?: {
      /**
       * Program that renders overlays, a path or a name on PATH; it runs over a private copy of the files, without network,
       * git or secrets. Relative paths are relative to the folder of the root app-config.yaml. Default: kustomize, else
       * kubectl.
       */
      command?: string;
    };
    /** Named places that services run in, in the order they are shown. */
    environments?: Array<{
      /** Such as `dev`: lower-case letters, digits and dashes. */
      name: string;
      /** What people call it. Default: its name. */
      title?: string;
      /** The database of each component there; without it, none is migrated from this portal. */
      database?: {
        /**
         * Path of a DuckDB file on this machine with `{component}` in it, the entity's name in lower case, and with
         * `{namespace}`, a `/` between the two, where components of other namespaces than `default` have databases too.
         * Never the file of another environment. Relative paths are relative to the folder of the root app-config.yaml.
         */
        file: string;
      };
      /**
       * Name of a cluster in Backstage's `kubernetes.clusterLocatorMethods` of type `config`, with authProvider
       * `serviceAccount`; mode `apply` needs one. Default: none is asked.
       */
      cluster?: string;
      /** Namespace of each component's objects. Default: `{component}-{environment}`. */
      namespace?: string;
      /**
       * How a change of an overlay lands: on the branch itself, on a branch of its own that somebody merges (on GitHub and
       * GitLab by a request that is opened there), or (`apply`) on the branch and then in the cluster, by server-side apply.
       * Default: `commit`; `pull-request` with approval.
       */
      mode?: 'commit' | 'pull-request' | 'apply';
      /** The environment before it: what is there is offered to be promoted to this one. Default: none, the first. */
      promotesFrom?: string;
      /**
       * Whether nothing else gets in than what promotesFrom has, but a rollback; a change of host or storage alone is none.
       * `dojo deploy --config` holds it too. Default: what approval is.
       */
      promotedOnly?: boolean;
      /** Whether somebody else than who asks for it merges a change; modes `commit` and `apply` are refused. Default: `false`. */
      approval?: boolean;
      /**
       * Times of every week in which nothing is deployed but a rollback: `Fri 16:00 - Mon 08:00 Europe/Rome`. Alone of all
       * settings they hold from when they are written, without a start; what cannot be read leaves those before, and the log
       * says so. Default: none.
       */
      freeze?: string[];
      /**
       * What brings the overlays into the cluster, which must be named then: a deployment by `commit`, or by a merge, waits
       * until its commit has come up there. Not with mode `apply`. Default: nothing is waited for.
       */
      sync?: {
        /** An Application of Argo CD, or a Kustomization of Flux. */
        kind: 'argo' | 'flux';
        /** Its name. */
        name: string;
        /** Its own, such as `argocd` or `flux-system`. */
        namespace: string;
      };
    }>;
    /** Forges that tell of pushes (`/api/dojo/webhooks/github` and `…/gitlab`). Default: none is listened to. */
    webhooks?: {
      github?: {
        /**
         * What the webhook is signed with, of at least 16 characters.
         * @visibility secret
         */
        secret: string;
      };
      gitlab?: {
        /**
         * The webhook's secret token, of at least 16 characters.
         * @visibility secret
         */
        secret: string;
      };
    };
    /** What the four measures on the Delivery tab are of. */
    metrics?: {
      /** Name of an environment. Default: each one that none promotes from, shown each for itself. */
      environment?: string;
      /**
       * Within which a fix of what was deployed counts as its failure: `24h`, `90m`, `2d`; `0`: never. Default: `24h`.
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
