// The lifetime rules of the binding. Code that obeys one cites it by number.
//
// L1  Only the JavaScript thread of an environment calls N-API. Every other
//     thread pushes a task to that environment's CompletionQueue.
// L2  A CompletionQueue outlives its environment (shared_ptr). Once `closed` is
//     set, under its mutex, tasks pushed to it are dropped and nobody calls the
//     thread-safe function again; a call after the environment's death crashes
//     Node 20, 22 and early 24.
// L3  A task may be destroyed on any thread without having run, so it owns no
//     JavaScript reference except as a number: one that would get lost with it
//     is kept by the queue, as those of pins are.
// L4  Memory that TensorStore reads or writes and JavaScript owns is held by a
//     Pin for as long as any TensorStore state can touch it. The last owner
//     lets go on any thread; the reference is dropped on the JavaScript thread.
// L5  An environment dies only after its pins are gone: its cleanup hook
//     cancels every operation, submits every batch, ends what JavaScript was
//     asked for (virtual chunks), waits, and deletes what
//     references are left, which Node does not. A worker
//     that is terminated in the middle of a read never frees a buffer that a
//     pool thread still writes to.
// L6  Cancelling an operation unregisters its ready-callback without blocking
//     and drops the future, which the callback itself holds; blocking could
//     deadlock with a callback that waits for the queue. A completion that was
//     already under way finds its operation gone and does nothing.
// L7  The event loop is held exactly while at least one operation is pending.
// L8  A write's commit is forced only when someone asks for it, so that writes
//     to the same chunk coalesce.
// L9  Finalizers of handles own only C++ values and never touch the
//     Environment, which may be gone before them.
// L10 The C++ code is never unmapped (-z nodelete): TensorStore's pool threads
//     idle on after the last environment has gone.
#ifndef ATS_NODE_LIFETIME_H_
#define ATS_NODE_LIFETIME_H_
#endif  // ATS_NODE_LIFETIME_H_
