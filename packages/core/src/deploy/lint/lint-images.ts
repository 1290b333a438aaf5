import type { LintProblem, LintRule } from './lint-rule';
import type { Container, Workload } from './workloads';

/** An image that is another one tomorrow. */
export const imageUnpinned: LintRule = ({ workloads }) =>
  eachImage(workloads, ({ image, digest, tag, name }) => {
    if (digest !== undefined) return undefined;
    if (tag !== undefined && tag !== 'latest') return undefined;
    return {
      code: 'IMAGE_UNPINNED',
      severity: 'error',
      message:
        tag === undefined
          ? `the image ${image} of container ${name} has no tag, so it is latest`
          : `the image ${image} of container ${name} has the tag latest, which moves`,
      hint: 'Name a version by its tag, or pin a digest.',
    };
  });

/** Production runs what was tried, byte for byte. */
export const imageWithoutDigest: LintRule = ({ workloads, isProduction }) =>
  isProduction
    ? eachImage(workloads, ({ image, digest, name }) =>
        digest === undefined
          ? {
              code: 'IMAGE_WITHOUT_DIGEST',
              severity: 'error',
              message: `the image ${image} of container ${name} has no digest, and this is production`,
              hint: 'Pin its digest under images of the overlay.',
            }
          : undefined,
      )
    : [];

interface Image {
  readonly image: string;
  /** Of the container. */
  readonly name: string;
  readonly tag?: string;
  readonly digest?: string;
}

function eachImage(
  workloads: readonly Workload[],
  check: (image: Image) => LintProblem | undefined,
): LintProblem[] {
  return workloads.flatMap(({ object, containers }) =>
    containers.flatMap(container => {
      const image = imageOf(container);
      const problem = image && check(image);
      return problem === undefined
        ? []
        : [{ ...problem, on: object, path: [...container.path, 'image'] }];
    }),
  );
}

function imageOf({ name, fields }: Container): Image | undefined {
  const { image } = fields;
  if (typeof image !== 'string') return undefined;
  const [reference, digest] = image.split('@');
  const colon = reference.lastIndexOf(':');
  const tag =
    colon > reference.lastIndexOf('/') ? reference.slice(colon + 1) : undefined;
  return {
    image,
    name,
    ...(tag !== undefined && { tag }),
    ...(digest !== undefined && { digest }),
  };
}
