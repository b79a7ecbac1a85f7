import { groupBy } from '../collections.ts';
import { nodeName, type PlanNode } from './node.ts';

/**
 * Records that point at others of their own entity, or are the same as one, come after those.
 * @param stage records of one entity
 */
export function wavesOf(stage: readonly PlanNode[]): PlanNode[][] {
  const ownNeeds = ({ needs, declaration }: PlanNode) => needs.filter(({ entity }) => entity === declaration.name);
  if (stage.length === 0) return [];
  if (stage.every((node) => node.sameAs === undefined && ownNeeds(node).length === 0)) return [[...stage]];
  const names = new Map(stage.map((node) => [nodeName(node), node]));
  const depths = new Map<PlanNode, number>();
  const depthOf = (node: PlanNode, path: readonly PlanNode[]): number => {
    const known = depths.get(node);
    if (known !== undefined) return known;
    const needed = ownNeeds(node).map((need) => names.get(`${need.entity}/${need.recordId}`));
    const parents = [...needed, node.sameAs].filter((one) => one !== undefined).filter((one) => !path.includes(one));
    const depth = Math.max(-1, ...parents.map((parent) => depthOf(parent, [...path, node]))) + 1;
    depths.set(node, depth);
    return depth;
  };
  for (const node of stage) depthOf(node, []);
  const waves = groupBy(stage, (node) => depths.get(node) as number);
  return [...waves].sort(([a], [b]) => a - b).map(([, nodes]) => nodes);
}
