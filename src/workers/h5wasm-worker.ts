/** The worker that reads one HDF5 file. What it answers is in `h5wasm/messages.ts`. */
import { describe } from "./h5wasm/describe.js";
import { type H5File, openH5File } from "./h5wasm/h5-file.js";
import { findMember, memberNames } from "./h5wasm/links.js";
import type { H5ChildRequest, H5NodeInfo, H5ReadRequest, H5Setup } from "./h5wasm/messages.js";
import { readSelection } from "./h5wasm/read.js";
import { serve, type Turn } from "./serve.js";

serve((setup: H5Setup) => {
  let opening: Promise<H5File> | undefined;
  const open = () => {
    opening ??= openH5File(setup);
    return opening;
  };
  return {
    /** The root group. */
    root: async () => describe(await open(), { kind: "group", address: "/" }),
    /** The names of a group's members. */
    names: async (address: string) => [...memberNames(await open(), address)],
    /** One member of a group, or undefined. */
    child: async ({ address, name }: H5ChildRequest): Promise<H5NodeInfo | undefined> => {
      const file = await open();
      const member = findMember(file, address, name);
      return member === undefined ? undefined : describe(file, member);
    },
    /** The selected values of a dataset. */
    read: async (request: H5ReadRequest, turn: Turn) => readSelection(await open(), request, turn),
  };
});
