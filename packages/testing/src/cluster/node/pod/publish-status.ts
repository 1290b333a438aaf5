import type { KubeApi } from '../api/kube-api';
import { KubeRefusal } from '../api/kube-api';
import type { Pod } from './pod';

/** Brings a pod's status to the API server: the newest, one request at a time. */
export class StatusPublisher {
  private isChanged = false;
  private publishing?: Promise<void>;
  private published = '';

  constructor(
    private readonly api: KubeApi,
    private readonly read: () => { readonly pod: Pod; readonly status: object },
    /** Told the pod as the API server answered it. */
    private readonly written: (pod: Pod) => void,
  ) {}

  /** What is to be read has changed. */
  change(): void {
    this.isChanged = true;
    this.publishing ??= this.publish().finally(() => {
      this.publishing = undefined;
    });
  }

  /** Resolves when the API server knows, or refused. */
  async settled(): Promise<void> {
    await this.publishing;
  }

  private async publish(): Promise<void> {
    while (this.isChanged) {
      // Several changes in a row are one request.
      await Promise.resolve();
      this.isChanged = false;
      const { pod, status } = this.read();
      const text = JSON.stringify(status);
      if (text !== this.published && (await this.send(pod, status)))
        this.published = text;
    }
  }

  private async send(pod: Pod, status: object): Promise<boolean> {
    const { namespace, name, uid } = pod.metadata;
    try {
      const written = await this.api.patch<Pod>(
        `/api/v1/namespaces/${namespace}/pods/${name}/status`,
        // With a uid, the status of another pod of that name is a conflict.
        { metadata: { uid }, status },
        'strategic-merge-patch',
      );
      this.written(written);
      return true;
    } catch (error) {
      // It is gone, or the node stops.
      const isBug =
        error instanceof KubeRefusal && ![404, 409].includes(error.status);
      if (isBug) process.emitWarning(`Status of pod ${name}: ${error.message}`);
      return false;
    }
  }
}
