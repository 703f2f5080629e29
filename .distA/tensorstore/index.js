import { A as AtsError, r as DenseArray } from "../matrices-CrVrzZ_-.js";
import { c as KvStore, i as IndexTransform, l as Context, m as StringArray, n as TensorStore, o as Spec, r as WriteFutures, s as IndexDomain, t as open } from "../open-Cw1OVGbP.js";
import { a as concat, c as Batch, i as metrics, n as buildInfo, o as overlay, r as fileBytesRead, s as stack, t as Transaction } from "../tensorstore-DXsDt8_h.js";
export { AtsError, Batch, Context, DenseArray, IndexDomain, IndexTransform, KvStore, Spec, StringArray, TensorStore, Transaction, WriteFutures, buildInfo, concat, fileBytesRead, metrics, open, overlay, stack };
