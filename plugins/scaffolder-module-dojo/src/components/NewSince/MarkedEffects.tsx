import type { PlannedEffect } from 'backstage-plugin-dojo-common';
import { EffectList } from 'backstage-plugin-dojo-react';
import { NewMark } from './NewMark';
import { partName } from './reviewedParts';

/** The effects of a plan, with a mark at each that was not in the last review. */
export function MarkedEffects(props: {
  readonly effects: readonly PlannedEffect[];
}) {
  return (
    <EffectList
      effects={props.effects}
      note={({ text }) => <NewMark of={partName.effect(text)} />}
    />
  );
}
