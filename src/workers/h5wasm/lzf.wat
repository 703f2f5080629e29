;; An HDF5 filter plugin that decodes LZF (filter 32000), as a WebAssembly side module of h5wasm.
;; `lzf.ts` holds its binary; test/workers/lzf.test.ts assembles this text again and compares the two.
;;
;; LZF: a stream of runs. A control byte c below 32 is followed by c + 1 literal bytes. Otherwise c >> 5 is a length, 7 meaning that
;; a byte follows which is added to it; (c & 31) << 8 plus the next byte is a distance; length + 2 bytes are copied from distance + 1 bytes back.
;; h5py's filter keeps the size of a chunk's values in memory in cd_values[2]: what a chunk decodes to, but for variable-length strings,
;; which take more room in a file. So the room grows where it is too little, and less than that size is damage. Every access is checked against the ends of both buffers.
(module
  (import "env" "memory" (memory 0))
  (import "env" "__indirect_function_table" (table 1 funcref))
  (import "env" "__memory_base" (global $memory_base i32))
  (import "env" "__table_base" (global $table_base i32))
  (import "env" "malloc" (func $malloc (param i32) (result i32)))
  (import "env" "free" (func $free (param i32)))

  (elem (global.get $table_base) func $filter)
  ;; At 0 the H5Z_class2_t (filled in below), at 32 its name.
  (data (global.get $memory_base) "\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00lzf\00")

  (func (export "H5PLget_plugin_type") (result i32)
    (i32.const 0)) ;; H5PL_TYPE_FILTER

  (func (export "H5PLget_plugin_info") (result i32)
    (local $class i32)
    (local.set $class (global.get $memory_base))
    (i32.store offset=0 (local.get $class) (i32.const 1))      ;; version of the structure
    (i32.store offset=4 (local.get $class) (i32.const 32000))  ;; filter id
    (i32.store offset=8 (local.get $class) (i32.const 0))      ;; no encoder
    (i32.store offset=12 (local.get $class) (i32.const 1))     ;; a decoder
    (i32.store offset=16 (local.get $class) (i32.add (local.get $class) (i32.const 32)))
    (i32.store offset=20 (local.get $class) (i32.const 0))     ;; can_apply
    (i32.store offset=24 (local.get $class) (i32.const 0))     ;; set_local
    (i32.store offset=28 (local.get $class) (global.get $table_base))
    (local.get $class))

  ;; H5Z_func_t: gives the number of decoded bytes, 0 on failure; on success *buf is replaced by a new allocation.
  (func $filter
    (param $flags i32) (param $cd_nelmts i32) (param $cd_values i32) (param $nbytes i32) (param $buf_size i32) (param $buf i32)
    (result i32)
    (local $least i32) (local $capacity i32) (local $output i32) (local $size i32)
    (if (i32.eqz (i32.and (local.get $flags) (i32.const 0x100))) ;; H5Z_FLAG_REVERSE: only decoding is here
      (then (return (i32.const 0))))
    (local.set $capacity (i32.load (local.get $buf_size)))
    (if (i32.ge_u (local.get $cd_nelmts) (i32.const 3))
      (then
        (if (i32.load offset=8 (local.get $cd_values))
          (then
            (local.set $least (i32.load offset=8 (local.get $cd_values)))
            (local.set $capacity (local.get $least))))))
    (loop $retry
      (if (i32.gt_u (local.get $capacity) (i32.const 0x40000000)) (then (return (i32.const 0))))
      (local.set $output (call $malloc (local.get $capacity)))
      (if (i32.eqz (local.get $output)) (then (return (i32.const 0))))
      (local.set $size
        (call $decode
          (i32.load (local.get $buf)) (local.get $nbytes) (local.get $output) (local.get $capacity)))
      (if (i32.eq (local.get $size) (i32.const -1))
        (then
          (call $free (local.get $output))
          (local.set $capacity (i32.shl (local.get $capacity) (i32.const 1)))
          (br $retry))))
    (if (i32.or (i32.eqz (local.get $size)) (i32.lt_u (local.get $size) (local.get $least)))
      (then
        (call $free (local.get $output))
        (return (i32.const 0))))
    (call $free (i32.load (local.get $buf)))
    (i32.store (local.get $buf) (local.get $output))
    (i32.store (local.get $buf_size) (local.get $capacity))
    (local.get $size))

  ;; Decodes `length` bytes at $in into at most `capacity` bytes at $out. Gives the number of bytes made, 0 for a damaged stream,
  ;; -1 where there is too little room.
  (func $decode (param $in i32) (param $length i32) (param $out i32) (param $capacity i32) (result i32)
    (local $in_end i32) (local $at i32) (local $out_end i32) (local $control i32) (local $count i32) (local $from i32)
    (local.set $in_end (i32.add (local.get $in) (local.get $length)))
    (local.set $at (local.get $out))
    (local.set $out_end (i32.add (local.get $out) (local.get $capacity)))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $in) (local.get $in_end)))
        (local.set $control (i32.load8_u (local.get $in)))
        (local.set $in (i32.add (local.get $in) (i32.const 1)))
        (if (i32.lt_u (local.get $control) (i32.const 32))
          (then
            (local.set $count (i32.add (local.get $control) (i32.const 1)))
            (if (i32.gt_u (local.get $count) (i32.sub (local.get $in_end) (local.get $in))) (then (return (i32.const 0))))
            (if (i32.gt_u (local.get $count) (i32.sub (local.get $out_end) (local.get $at))) (then (return (i32.const -1))))
            (loop $literal
              (i32.store8 (local.get $at) (i32.load8_u (local.get $in)))
              (local.set $at (i32.add (local.get $at) (i32.const 1)))
              (local.set $in (i32.add (local.get $in) (i32.const 1)))
              (local.set $count (i32.sub (local.get $count) (i32.const 1)))
              (br_if $literal (local.get $count)))
            (br $next)))
        (local.set $count (i32.shr_u (local.get $control) (i32.const 5)))
        (if (i32.eq (local.get $count) (i32.const 7))
          (then
            (if (i32.ge_u (local.get $in) (local.get $in_end)) (then (return (i32.const 0))))
            (local.set $count (i32.add (local.get $count) (i32.load8_u (local.get $in))))
            (local.set $in (i32.add (local.get $in) (i32.const 1)))))
        (if (i32.ge_u (local.get $in) (local.get $in_end)) (then (return (i32.const 0))))
        ;; the distance, then the place where the copy starts
        (local.set $from
          (i32.add
            (i32.add
              (i32.shl (i32.and (local.get $control) (i32.const 31)) (i32.const 8))
              (i32.load8_u (local.get $in)))
            (i32.const 1)))
        (local.set $in (i32.add (local.get $in) (i32.const 1)))
        (if (i32.gt_u (local.get $from) (i32.sub (local.get $at) (local.get $out))) (then (return (i32.const 0))))
        (local.set $from (i32.sub (local.get $at) (local.get $from)))
        (local.set $count (i32.add (local.get $count) (i32.const 2)))
        (if (i32.gt_u (local.get $count) (i32.sub (local.get $out_end) (local.get $at))) (then (return (i32.const -1))))
        (loop $copy
          (i32.store8 (local.get $at) (i32.load8_u (local.get $from)))
          (local.set $at (i32.add (local.get $at) (i32.const 1)))
          (local.set $from (i32.add (local.get $from) (i32.const 1)))
          (local.set $count (i32.sub (local.get $count) (i32.const 1)))
          (br_if $copy (local.get $count)))
        (br $next)))
    (i32.sub (local.get $at) (local.get $out))))
