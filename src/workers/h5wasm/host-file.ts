/** One file of the host, shown to h5wasm read-only: its bytes are read where and when they are asked for, never copied whole. */
import { readSync } from "node:fs";
import type { FsNode, H5Module } from "./module.js";

const DIRECTORY = 0o40555;
const REGULAR = 0o100444;
/** Emscripten's numbers of ENOENT, EINVAL and EIO. */
const ENOENT = 44;
const EINVAL = 28;
const EIO = 29;

/** The only file that h5wasm sees. */
export const HOST_FILE = "/host/file.h5";

/** Mounts the open descriptor `fd` of a file of `size` bytes as {@link HOST_FILE}. */
export function mountHostFile(module: H5Module, fd: number, size: number): void {
  const { FS } = module;
  const epoch = new Date(0);
  const file: { node?: FsNode } = {};

  const nodeOps = {
    getattr: (node: FsNode) => ({
      dev: 1,
      ino: node.id,
      mode: node.mode,
      nlink: 1,
      uid: 0,
      gid: 0,
      rdev: 0,
      size: node === file.node ? size : 4096,
      atime: epoch,
      mtime: epoch,
      ctime: epoch,
      blksize: 4096,
      blocks: Math.ceil(size / 512),
    }),
    lookup: () => {
      throw new FS.ErrnoError(ENOENT);
    },
    readdir: () => [".", "..", "file.h5"],
  };

  const streamOps = {
    read(_stream: unknown, heap: Uint8Array, offset: number, length: number, position: number): number {
      try {
        return readSync(fd, heap, offset, length, position);
      } catch {
        throw new FS.ErrnoError(EIO);
      }
    },
    llseek(stream: { position: number }, offset: number, whence: number): number {
      const position = offset + (whence === 1 ? stream.position : whence === 2 ? size : 0);
      if (position < 0) throw new FS.ErrnoError(EINVAL);
      return position;
    },
  };

  const add = (parent: FsNode | null, name: string, mode: number): FsNode =>
    Object.assign(FS.createNode(parent, name, mode, 0), { node_ops: nodeOps, stream_ops: streamOps });

  const mount = () => {
    const root = add(null, "/", DIRECTORY);
    file.node = add(root, "file.h5", REGULAR);
    return root;
  };
  FS.mkdir("/host");
  FS.mount({ mount }, {}, "/host");
}
