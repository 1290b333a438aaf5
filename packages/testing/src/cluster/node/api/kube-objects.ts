/** What every object of the API carries. */
export interface ObjectMeta {
  readonly name: string;
  readonly namespace?: string;
  readonly uid: string;
  readonly resourceVersion: string;
  readonly generation?: number;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly deletionTimestamp?: string;
  readonly deletionGracePeriodSeconds?: number;
}

/** An object as its metadata alone show it. */
export interface KubeObject {
  readonly metadata: ObjectMeta;
}

/** A ConfigMap (`binaryData` in base64) or, where `data` is in base64, a Secret. */
export interface KeyedData extends KubeObject {
  readonly data?: Readonly<Record<string, string>>;
  readonly binaryData?: Readonly<Record<string, string>>;
}

/** The parts of a PersistentVolumeClaim that a node and a provisioner look at. */
export interface Claim extends KubeObject {
  readonly spec: {
    readonly storageClassName?: string;
    readonly volumeName?: string;
    readonly accessModes?: readonly string[];
    readonly volumeMode?: string;
    readonly resources?: {
      readonly requests?: Readonly<Record<string, string>>;
    };
  };
  readonly status?: {
    readonly phase?: string;
    readonly capacity?: Readonly<Record<string, string>>;
  };
}

/** The parts of a PersistentVolume that a node and a provisioner look at. */
export interface PersistentVolume extends KubeObject {
  readonly spec: {
    readonly capacity?: Readonly<Record<string, string>>;
    readonly hostPath?: { readonly path: string };
    readonly local?: { readonly path: string };
    readonly claimRef?: { readonly uid?: string };
    readonly persistentVolumeReclaimPolicy?: string;
  };
  readonly status?: { readonly phase?: string };
}

/** The parts of a StorageClass that a provisioner looks at. */
export interface StorageClass extends KubeObject {
  readonly provisioner: string;
  readonly reclaimPolicy?: string;
  readonly volumeBindingMode?: string;
  readonly allowVolumeExpansion?: boolean;
}
