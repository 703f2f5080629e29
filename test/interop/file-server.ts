/** Serves a folder over HTTP, as a plain web server does: files whole or by one range, nothing else. */
import { open } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join, normalize } from "node:path";

/** A running server. */
export interface FileServer {
  /** Without a slash at its end. */
  readonly url: string;
  close(): Promise<void>;
}

/** Starts a server of the files below `folder` on a free port of this machine. */
export async function serveFiles(folder: string): Promise<FileServer> {
  const server = createServer((request, response) => {
    answer(folder, request, response).catch((error: unknown) => {
      response.writeHead(500).end(String(error));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Answers with a file's bytes; 404 where there is no such file. */
async function answer(folder: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname } = new URL(request.url ?? "/", "http://localhost");
  const file = await open(join(folder, normalize(decodeURIComponent(pathname)))).catch(() => undefined);
  try {
    const stats = await file?.stat();
    if (file === undefined || !stats?.isFile()) {
      response.writeHead(404).end();
      return;
    }
    const { status, start, stop } = rangeOf(request.headers.range, stats.size);
    response.writeHead(status, { "content-length": stop - start, "accept-ranges": "bytes" });
    if (request.method === "HEAD") response.end();
    else response.end((await file.read(Buffer.alloc(stop - start), 0, stop - start, start)).buffer);
  } finally {
    await file?.close();
  }
}

/** What a `Range` header of one range asks for (RFC 9110, 14.1.2). */
function rangeOf(header: string | undefined, size: number): { status: number; start: number; stop: number } {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(header ?? "") ?? [];
  if (first === undefined || last === undefined) return { status: 200, start: 0, stop: size };
  if (first === "") return { status: 206, start: Math.max(0, size - Number(last)), stop: size };
  const stop = last === "" ? size : Math.min(size, Number(last) + 1);
  return { status: 206, start: Math.min(Number(first), stop), stop };
}
