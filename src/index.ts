/** AnnData stores for Node.js, read and written lazily. */
export { AnnData, type Selection } from "./anndata/anndata.js";
export { type AppendOptions, append } from "./anndata/append.js";
export type { BatchOptions } from "./anndata/batches.js";
export type { AnnDataInput, MemberInput, RawInput, TableInput } from "./anndata/build.js";
export type { ColumnInput, ColumnsInput } from "./anndata/build-frame.js";
export type { DenseInput, MatrixInput, SparseInput } from "./anndata/build-matrix.js";
export { type EditOptions, type Edits, edit } from "./anndata/edit.js";
export type { ElementHandle, ElementReadOptions, Matrix, MatrixHandle, MemberHandle } from "./anndata/handles.js";
export type { HandleMap } from "./anndata/lazy-map.js";
export type { LoadOptions } from "./anndata/load.js";
export { open, read } from "./anndata/open.js";
export {
  type Conditions,
  type LoadAnnDataOptions,
  loadAnnDataFromTensorstore,
  type Preview,
  previewAnnDataFromTensorstore,
  saveAnnDataToTensorstore,
} from "./anndata/python-api.js";
export type { RawHandle } from "./anndata/raw-handle.js";
export type { TableHandle, TableReadOptions } from "./anndata/table-handle.js";
export type { UnsHandle } from "./anndata/uns-handle.js";
export { type WriteAnnDataOptions, write } from "./anndata/write.js";
export { type ConvertOptions, type ConvertResult, convert } from "./convert/convert.js";
export type { ArrayFor, DType, TypedArray } from "./dtype.js";
export { arrowToFrame, frameToArrow } from "./elements/arrow.js";
export { AwkwardArray } from "./elements/awkward.js";
export type { AwkwardForm } from "./elements/awkward-form.js";
export type { Nested } from "./elements/awkward-nested.js";
export { Categorical, type Codes } from "./elements/categorical.js";
export type { Cell, PlainColumn } from "./elements/column.js";
export { DenseArray, type DenseMatrix } from "./elements/dense.js";
export { ArrowColumn, type Column, Frame } from "./elements/frame.js";
export type {
  ElementInfo,
  ElementSelection,
  LazyArray,
  LazyDict,
  LazyElement,
  LazyFrame,
  LazyValue,
} from "./elements/lazy.js";
export { NullableArray } from "./elements/nullable.js";
export { RecordArray } from "./elements/record.js";
export { type Complex, Scalar } from "./elements/scalar.js";
export { CscMatrix, CsrMatrix, type SparseIndices, type SparseIndptr, type SparseMatrix } from "./elements/sparse.js";
export { StringArray } from "./elements/strings.js";
export { type ArrayValue, type Dict, Tuple, type Value } from "./elements/values.js";
export { COMPAT_LEVELS, type CompatLevel } from "./encodings/compat.js";
export { defineEncoding, type Encoding, type OpenContext, type WriteContext } from "./encodings/define.js";
export { AtsError, type AtsErrorCode, type AtsErrorOptions } from "./errors.js";
export { ATS_FILE_NAME } from "./formats/ats-layout.js";
export type {
  AnnDataElements,
  FormatName,
  Limits,
  OpenedAnnData,
  OpenOptions,
  Progress,
  ValueType,
  WriteOptions,
} from "./formats/types.js";
export { type AccessReport, type BenchOptions, type BenchReport, bench } from "./inspect/bench.js";
export { type Difference, type DiffOptions, type DiffReport, diff } from "./inspect/diff.js";
export { type Finding, type ValidateOptions, type ValidationReport, validate } from "./inspect/validate.js";
export type { ElementPlan, PlanSummary } from "./plan/types.js";
export {
  type AxisSelector,
  type ColumnCondition,
  type Literal,
  type MaskInput,
  type NameOptions,
  Names,
  names,
  type PositionInput,
  Predicate,
  parseExpression,
  type Slice,
  where,
} from "./selection/index.js";
export type {
  ArrayLayout,
  ArrayNode,
  ArrayWriter,
  Attributes,
  GroupNode,
  GroupWriter,
  NewArray,
  ReadOptions,
  StoredDType,
  StoredNode,
  StoredValue,
  TableNode,
} from "./storage/types.js";
