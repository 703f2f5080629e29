/** Runs a pickle to its end. */
import { corrupt } from "../failures.js";
import type { PyNode } from "../graph.js";
import type { PickleLimits } from "../limits.js";
import { CONTAINERS } from "./containers.js";
import { LITERALS } from "./literals.js";
import { type Instruction, Machine } from "./machine.js";
import { OBJECTS } from "./objects.js";

const INSTRUCTIONS: readonly (Instruction | undefined)[] = Array.from(
  { length: 256 },
  (_, opcode) => LITERALS.get(opcode) ?? CONTAINERS.get(opcode) ?? OBJECTS.get(opcode),
);

/**
 * The graph of objects that `bytes` describe. Time and memory are proportional to the input, and nothing is called.
 * `CORRUPT` where the bytes are cut short or make no sense, `UNSUPPORTED` for a global that is not allow-listed,
 * `LIMIT_EXCEEDED` for sizes and depths that no sound pickle has.
 */
export function runPickle(bytes: Uint8Array, limits: PickleLimits): PyNode {
  const machine = new Machine(bytes, limits);
  while (!machine.stopped) {
    const opcode = machine.cursor.u8();
    const instruction = INSTRUCTIONS[opcode];
    if (instruction === undefined) {
      throw corrupt(`byte ${machine.cursor.offset - 1} is not an instruction (0x${opcode.toString(16)})`);
    }
    instruction(machine);
  }
  return machine.result();
}
