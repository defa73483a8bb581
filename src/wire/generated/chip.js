/*eslint-disable block-scoped-var, id-length, no-control-regex, no-magic-numbers, no-mixed-operators, no-prototype-builtins, no-redeclare, no-shadow, no-var, sort-vars, default-case, jsdoc/require-param*/
import $protobuf from "protobufjs/minimal.js";

// Common aliases
const $Reader = $protobuf.Reader, $Writer = $protobuf.Writer, $util = $protobuf.util;
const $Object = $util.global.Object, $undefined = $util.global.undefined, $Error = $util.global.Error, $RangeError = $util.global.RangeError;

// Exported root namespace
const $root = $protobuf.roots["spikewright_chip"] || ($protobuf.roots["spikewright_chip"] = {});

export const spikewright = $root.spikewright = (() => {

    /**
     * Namespace spikewright.
     * @exports spikewright
     * @namespace
     */
    const spikewright = {};

    spikewright.chip = (function() {

        /**
         * Namespace chip.
         * @memberof spikewright
         * @namespace
         */
        const chip = {};

        chip.v1 = (function() {

            /**
             * Namespace v1.
             * @memberof spikewright.chip
             * @namespace
             */
            const v1 = {};

            v1.ChipFile = (function() {

                /**
                 * Properties of a ChipFile.
                 * @typedef {Object} spikewright.chip.v1.ChipFile.$Properties
                 * @property {string|null} [format] ChipFile format
                 * @property {number|null} [schemaVersion] ChipFile schemaVersion
                 * @property {string|null} [deviceName] ChipFile deviceName
                 * @property {string|null} [deviceHash] ChipFile deviceHash
                 * @property {Uint8Array|null} [payload] ChipFile payload
                 * @property {number|null} [crc32] ChipFile crc32
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a ChipFile.
                 * @memberof spikewright.chip.v1
                 * @interface IChipFile
                 * @augments spikewright.chip.v1.ChipFile.$Properties
                 * @deprecated Use spikewright.chip.v1.ChipFile.$Properties instead.
                 */

                /**
                 * Shape of a ChipFile.
                 * @typedef {spikewright.chip.v1.ChipFile.$Properties} spikewright.chip.v1.ChipFile.$Shape
                 */

                /**
                 * Constructs a new ChipFile.
                 * @memberof spikewright.chip.v1
                 * @classdesc Represents a ChipFile.
                 * @constructor
                 * @param {spikewright.chip.v1.ChipFile.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const ChipFile = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * ChipFile format.
                 * @member {string} format
                 * @memberof spikewright.chip.v1.ChipFile
                 * @instance
                 */
                ChipFile.prototype.format = "";

                /**
                 * ChipFile schemaVersion.
                 * @member {number} schemaVersion
                 * @memberof spikewright.chip.v1.ChipFile
                 * @instance
                 */
                ChipFile.prototype.schemaVersion = 0;

                /**
                 * ChipFile deviceName.
                 * @member {string} deviceName
                 * @memberof spikewright.chip.v1.ChipFile
                 * @instance
                 */
                ChipFile.prototype.deviceName = "";

                /**
                 * ChipFile deviceHash.
                 * @member {string} deviceHash
                 * @memberof spikewright.chip.v1.ChipFile
                 * @instance
                 */
                ChipFile.prototype.deviceHash = "";

                /**
                 * ChipFile payload.
                 * @member {Uint8Array} payload
                 * @memberof spikewright.chip.v1.ChipFile
                 * @instance
                 */
                ChipFile.prototype.payload = $util.newBuffer([]);

                /**
                 * ChipFile crc32.
                 * @member {number|null|undefined} crc32
                 * @memberof spikewright.chip.v1.ChipFile
                 * @instance
                 */
                ChipFile.prototype.crc32 = null;

                // OneOf field names bound to virtual getters and setters
                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(ChipFile.prototype, "_crc32", {
                    get: $util.oneOfGetter($oneOfFields = ["crc32"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                /**
                 * Encodes the specified ChipFile message. Does not implicitly {@link spikewright.chip.v1.ChipFile.verify|verify} messages.
                 * @function encode
                 * @memberof spikewright.chip.v1.ChipFile
                 * @static
                 * @param {spikewright.chip.v1.ChipFile.$Properties} message ChipFile message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                ChipFile.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.format != null && $Object.hasOwnProperty.call(message, "format") && message.format !== "")
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.format);
                    if (message.schemaVersion != null && $Object.hasOwnProperty.call(message, "schemaVersion") && message.schemaVersion !== 0)
                        writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.schemaVersion);
                    if (message.deviceName != null && $Object.hasOwnProperty.call(message, "deviceName") && message.deviceName !== "")
                        writer.uint32(/* id 3, wireType 2 =*/26).string(message.deviceName);
                    if (message.deviceHash != null && $Object.hasOwnProperty.call(message, "deviceHash") && message.deviceHash !== "")
                        writer.uint32(/* id 4, wireType 2 =*/34).string(message.deviceHash);
                    if (message.payload != null && $Object.hasOwnProperty.call(message, "payload") && message.payload.length)
                        writer.uint32(/* id 5, wireType 2 =*/42).bytes(message.payload);
                    if (message.crc32 != null && $Object.hasOwnProperty.call(message, "crc32"))
                        writer.uint32(/* id 15, wireType 5 =*/125).fixed32(message.crc32);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a ChipFile message from the specified reader or buffer.
                 * @function decode
                 * @memberof spikewright.chip.v1.ChipFile
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {spikewright.chip.v1.ChipFile & spikewright.chip.v1.ChipFile.$Shape} ChipFile
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                ChipFile.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.spikewright.chip.v1.ChipFile();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.format = value;
                                else
                                    delete message.format;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.schemaVersion = value;
                                else
                                    delete message.schemaVersion;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.deviceName = value;
                                else
                                    delete message.deviceName;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.deviceHash = value;
                                else
                                    delete message.deviceHash;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.bytes()).length)
                                    message.payload = value;
                                else
                                    delete message.payload;
                                continue;
                            }
                        case 15: {
                                if (wireType !== 5)
                                    break;
                                message.crc32 = reader.fixed32();
                                message._crc32 = "crc32";
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return ChipFile;
            })();

            v1.ChipConfig = (function() {

                /**
                 * Properties of a ChipConfig.
                 * @typedef {Object} spikewright.chip.v1.ChipConfig.$Properties
                 * @property {spikewright.chip.v1.InputConfig.$Properties|null} [input] ChipConfig input
                 * @property {Array.<spikewright.chip.v1.CoreConfig.$Properties>|null} [cores] ChipConfig cores
                 * @property {Array.<spikewright.chip.v1.Output.$Properties>|null} [outputs] ChipConfig outputs
                 * @property {spikewright.chip.v1.SlowClock.$Properties|null} [slowClock] ChipConfig slowClock
                 * @property {spikewright.chip.v1.ReadoutConfig.$Properties|null} [readout] ChipConfig readout
                 * @property {spikewright.chip.v1.Provenance.$Properties|null} [provenance] ChipConfig provenance
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a ChipConfig.
                 * @memberof spikewright.chip.v1
                 * @interface IChipConfig
                 * @augments spikewright.chip.v1.ChipConfig.$Properties
                 * @deprecated Use spikewright.chip.v1.ChipConfig.$Properties instead.
                 */

                /**
                 * Shape of a ChipConfig.
                 * @typedef {{
                 *   input?: spikewright.chip.v1.InputConfig.$Shape|null;
                 *   cores?: Array.<spikewright.chip.v1.CoreConfig.$Shape>|null;
                 *   outputs?: Array.<spikewright.chip.v1.Output.$Shape>|null;
                 *   slowClock?: spikewright.chip.v1.SlowClock.$Shape|null;
                 *   readout?: spikewright.chip.v1.ReadoutConfig.$Shape|null;
                 *   provenance?: spikewright.chip.v1.Provenance.$Shape|null;
                 *   $unknowns?: Array.<Uint8Array>;
                 * }} spikewright.chip.v1.ChipConfig.$Shape
                 */

                /**
                 * Constructs a new ChipConfig.
                 * @memberof spikewright.chip.v1
                 * @classdesc Represents a ChipConfig.
                 * @constructor
                 * @param {spikewright.chip.v1.ChipConfig.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const ChipConfig = function (properties) {
                    this.cores = [];
                    this.outputs = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * ChipConfig input.
                 * @member {spikewright.chip.v1.InputConfig.$Properties|null|undefined} input
                 * @memberof spikewright.chip.v1.ChipConfig
                 * @instance
                 */
                ChipConfig.prototype.input = null;

                /**
                 * ChipConfig cores.
                 * @member {Array.<spikewright.chip.v1.CoreConfig.$Properties>} cores
                 * @memberof spikewright.chip.v1.ChipConfig
                 * @instance
                 */
                ChipConfig.prototype.cores = $util.emptyArray;

                /**
                 * ChipConfig outputs.
                 * @member {Array.<spikewright.chip.v1.Output.$Properties>} outputs
                 * @memberof spikewright.chip.v1.ChipConfig
                 * @instance
                 */
                ChipConfig.prototype.outputs = $util.emptyArray;

                /**
                 * ChipConfig slowClock.
                 * @member {spikewright.chip.v1.SlowClock.$Properties|null|undefined} slowClock
                 * @memberof spikewright.chip.v1.ChipConfig
                 * @instance
                 */
                ChipConfig.prototype.slowClock = null;

                /**
                 * ChipConfig readout.
                 * @member {spikewright.chip.v1.ReadoutConfig.$Properties|null|undefined} readout
                 * @memberof spikewright.chip.v1.ChipConfig
                 * @instance
                 */
                ChipConfig.prototype.readout = null;

                /**
                 * ChipConfig provenance.
                 * @member {spikewright.chip.v1.Provenance.$Properties|null|undefined} provenance
                 * @memberof spikewright.chip.v1.ChipConfig
                 * @instance
                 */
                ChipConfig.prototype.provenance = null;

                /**
                 * Encodes the specified ChipConfig message. Does not implicitly {@link spikewright.chip.v1.ChipConfig.verify|verify} messages.
                 * @function encode
                 * @memberof spikewright.chip.v1.ChipConfig
                 * @static
                 * @param {spikewright.chip.v1.ChipConfig.$Properties} message ChipConfig message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                ChipConfig.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.input != null && $Object.hasOwnProperty.call(message, "input"))
                        $root.spikewright.chip.v1.InputConfig.encode(message.input, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                    if (message.cores != null && message.cores.length)
                        for (let i = 0; i < message.cores.length; ++i)
                            $root.spikewright.chip.v1.CoreConfig.encode(message.cores[i], writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                    if (message.outputs != null && message.outputs.length)
                        for (let i = 0; i < message.outputs.length; ++i)
                            $root.spikewright.chip.v1.Output.encode(message.outputs[i], writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                    if (message.slowClock != null && $Object.hasOwnProperty.call(message, "slowClock"))
                        $root.spikewright.chip.v1.SlowClock.encode(message.slowClock, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                    if (message.readout != null && $Object.hasOwnProperty.call(message, "readout"))
                        $root.spikewright.chip.v1.ReadoutConfig.encode(message.readout, writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                    if (message.provenance != null && $Object.hasOwnProperty.call(message, "provenance"))
                        $root.spikewright.chip.v1.Provenance.encode(message.provenance, writer.uint32(/* id 6, wireType 2 =*/50).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a ChipConfig message from the specified reader or buffer.
                 * @function decode
                 * @memberof spikewright.chip.v1.ChipConfig
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {spikewright.chip.v1.ChipConfig & spikewright.chip.v1.ChipConfig.$Shape} ChipConfig
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                ChipConfig.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.spikewright.chip.v1.ChipConfig();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                message.input = $root.spikewright.chip.v1.InputConfig.decode(reader, reader.size(), $undefined, _depth + 1, message.input);
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.cores && message.cores.length))
                                    message.cores = [];
                                message.cores.push($root.spikewright.chip.v1.CoreConfig.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.outputs && message.outputs.length))
                                    message.outputs = [];
                                message.outputs.push($root.spikewright.chip.v1.Output.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                message.slowClock = $root.spikewright.chip.v1.SlowClock.decode(reader, reader.size(), $undefined, _depth + 1, message.slowClock);
                                continue;
                            }
                        case 5: {
                                if (wireType !== 2)
                                    break;
                                message.readout = $root.spikewright.chip.v1.ReadoutConfig.decode(reader, reader.size(), $undefined, _depth + 1, message.readout);
                                continue;
                            }
                        case 6: {
                                if (wireType !== 2)
                                    break;
                                message.provenance = $root.spikewright.chip.v1.Provenance.decode(reader, reader.size(), $undefined, _depth + 1, message.provenance);
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return ChipConfig;
            })();

            v1.MapShape = (function() {

                /**
                 * Properties of a MapShape.
                 * @typedef {Object} spikewright.chip.v1.MapShape.$Properties
                 * @property {number|null} [features] MapShape features
                 * @property {number|null} [height] MapShape height
                 * @property {number|null} [width] MapShape width
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a MapShape.
                 * @memberof spikewright.chip.v1
                 * @interface IMapShape
                 * @augments spikewright.chip.v1.MapShape.$Properties
                 * @deprecated Use spikewright.chip.v1.MapShape.$Properties instead.
                 */

                /**
                 * Shape of a MapShape.
                 * @typedef {spikewright.chip.v1.MapShape.$Properties} spikewright.chip.v1.MapShape.$Shape
                 */

                /**
                 * Constructs a new MapShape.
                 * @memberof spikewright.chip.v1
                 * @classdesc Represents a MapShape.
                 * @constructor
                 * @param {spikewright.chip.v1.MapShape.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const MapShape = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * MapShape features.
                 * @member {number} features
                 * @memberof spikewright.chip.v1.MapShape
                 * @instance
                 */
                MapShape.prototype.features = 0;

                /**
                 * MapShape height.
                 * @member {number} height
                 * @memberof spikewright.chip.v1.MapShape
                 * @instance
                 */
                MapShape.prototype.height = 0;

                /**
                 * MapShape width.
                 * @member {number} width
                 * @memberof spikewright.chip.v1.MapShape
                 * @instance
                 */
                MapShape.prototype.width = 0;

                /**
                 * Encodes the specified MapShape message. Does not implicitly {@link spikewright.chip.v1.MapShape.verify|verify} messages.
                 * @function encode
                 * @memberof spikewright.chip.v1.MapShape
                 * @static
                 * @param {spikewright.chip.v1.MapShape.$Properties} message MapShape message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                MapShape.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.features != null && $Object.hasOwnProperty.call(message, "features") && message.features !== 0)
                        writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.features);
                    if (message.height != null && $Object.hasOwnProperty.call(message, "height") && message.height !== 0)
                        writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.height);
                    if (message.width != null && $Object.hasOwnProperty.call(message, "width") && message.width !== 0)
                        writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.width);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a MapShape message from the specified reader or buffer.
                 * @function decode
                 * @memberof spikewright.chip.v1.MapShape
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {spikewright.chip.v1.MapShape & spikewright.chip.v1.MapShape.$Shape} MapShape
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                MapShape.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.spikewright.chip.v1.MapShape();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.features = value;
                                else
                                    delete message.features;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.height = value;
                                else
                                    delete message.height;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.width = value;
                                else
                                    delete message.width;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return MapShape;
            })();

            v1.Pair = (function() {

                /**
                 * Properties of a Pair.
                 * @typedef {Object} spikewright.chip.v1.Pair.$Properties
                 * @property {number|null} [y] Pair y
                 * @property {number|null} [x] Pair x
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a Pair.
                 * @memberof spikewright.chip.v1
                 * @interface IPair
                 * @augments spikewright.chip.v1.Pair.$Properties
                 * @deprecated Use spikewright.chip.v1.Pair.$Properties instead.
                 */

                /**
                 * Shape of a Pair.
                 * @typedef {spikewright.chip.v1.Pair.$Properties} spikewright.chip.v1.Pair.$Shape
                 */

                /**
                 * Constructs a new Pair.
                 * @memberof spikewright.chip.v1
                 * @classdesc Represents a Pair.
                 * @constructor
                 * @param {spikewright.chip.v1.Pair.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const Pair = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Pair y.
                 * @member {number} y
                 * @memberof spikewright.chip.v1.Pair
                 * @instance
                 */
                Pair.prototype.y = 0;

                /**
                 * Pair x.
                 * @member {number} x
                 * @memberof spikewright.chip.v1.Pair
                 * @instance
                 */
                Pair.prototype.x = 0;

                /**
                 * Encodes the specified Pair message. Does not implicitly {@link spikewright.chip.v1.Pair.verify|verify} messages.
                 * @function encode
                 * @memberof spikewright.chip.v1.Pair
                 * @static
                 * @param {spikewright.chip.v1.Pair.$Properties} message Pair message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                Pair.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.y != null && $Object.hasOwnProperty.call(message, "y") && message.y !== 0)
                        writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.y);
                    if (message.x != null && $Object.hasOwnProperty.call(message, "x") && message.x !== 0)
                        writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.x);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a Pair message from the specified reader or buffer.
                 * @function decode
                 * @memberof spikewright.chip.v1.Pair
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {spikewright.chip.v1.Pair & spikewright.chip.v1.Pair.$Shape} Pair
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                Pair.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.spikewright.chip.v1.Pair();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.y = value;
                                else
                                    delete message.y;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.x = value;
                                else
                                    delete message.x;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return Pair;
            })();

            v1.Destination = (function() {

                /**
                 * Properties of a Destination.
                 * @typedef {Object} spikewright.chip.v1.Destination.$Properties
                 * @property {number|null} [core] Destination core
                 * @property {number|null} [pooling] Destination pooling
                 * @property {number|null} [featureShift] Destination featureShift
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a Destination.
                 * @memberof spikewright.chip.v1
                 * @interface IDestination
                 * @augments spikewright.chip.v1.Destination.$Properties
                 * @deprecated Use spikewright.chip.v1.Destination.$Properties instead.
                 */

                /**
                 * Shape of a Destination.
                 * @typedef {spikewright.chip.v1.Destination.$Properties} spikewright.chip.v1.Destination.$Shape
                 */

                /**
                 * Constructs a new Destination.
                 * @memberof spikewright.chip.v1
                 * @classdesc Represents a Destination.
                 * @constructor
                 * @param {spikewright.chip.v1.Destination.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const Destination = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Destination core.
                 * @member {number} core
                 * @memberof spikewright.chip.v1.Destination
                 * @instance
                 */
                Destination.prototype.core = 0;

                /**
                 * Destination pooling.
                 * @member {number} pooling
                 * @memberof spikewright.chip.v1.Destination
                 * @instance
                 */
                Destination.prototype.pooling = 0;

                /**
                 * Destination featureShift.
                 * @member {number} featureShift
                 * @memberof spikewright.chip.v1.Destination
                 * @instance
                 */
                Destination.prototype.featureShift = 0;

                /**
                 * Encodes the specified Destination message. Does not implicitly {@link spikewright.chip.v1.Destination.verify|verify} messages.
                 * @function encode
                 * @memberof spikewright.chip.v1.Destination
                 * @static
                 * @param {spikewright.chip.v1.Destination.$Properties} message Destination message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                Destination.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.core != null && $Object.hasOwnProperty.call(message, "core") && message.core !== 0)
                        writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.core);
                    if (message.pooling != null && $Object.hasOwnProperty.call(message, "pooling") && message.pooling !== 0)
                        writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.pooling);
                    if (message.featureShift != null && $Object.hasOwnProperty.call(message, "featureShift") && message.featureShift !== 0)
                        writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.featureShift);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a Destination message from the specified reader or buffer.
                 * @function decode
                 * @memberof spikewright.chip.v1.Destination
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {spikewright.chip.v1.Destination & spikewright.chip.v1.Destination.$Shape} Destination
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                Destination.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.spikewright.chip.v1.Destination();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.core = value;
                                else
                                    delete message.core;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.pooling = value;
                                else
                                    delete message.pooling;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.featureShift = value;
                                else
                                    delete message.featureShift;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return Destination;
            })();

            v1.Output = (function() {

                /**
                 * Properties of an Output.
                 * @typedef {Object} spikewright.chip.v1.Output.$Properties
                 * @property {number|null} [core] Output core
                 * @property {number|null} [featureShift] Output featureShift
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of an Output.
                 * @memberof spikewright.chip.v1
                 * @interface IOutput
                 * @augments spikewright.chip.v1.Output.$Properties
                 * @deprecated Use spikewright.chip.v1.Output.$Properties instead.
                 */

                /**
                 * Shape of an Output.
                 * @typedef {spikewright.chip.v1.Output.$Properties} spikewright.chip.v1.Output.$Shape
                 */

                /**
                 * Constructs a new Output.
                 * @memberof spikewright.chip.v1
                 * @classdesc Represents an Output.
                 * @constructor
                 * @param {spikewright.chip.v1.Output.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const Output = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Output core.
                 * @member {number} core
                 * @memberof spikewright.chip.v1.Output
                 * @instance
                 */
                Output.prototype.core = 0;

                /**
                 * Output featureShift.
                 * @member {number} featureShift
                 * @memberof spikewright.chip.v1.Output
                 * @instance
                 */
                Output.prototype.featureShift = 0;

                /**
                 * Encodes the specified Output message. Does not implicitly {@link spikewright.chip.v1.Output.verify|verify} messages.
                 * @function encode
                 * @memberof spikewright.chip.v1.Output
                 * @static
                 * @param {spikewright.chip.v1.Output.$Properties} message Output message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                Output.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.core != null && $Object.hasOwnProperty.call(message, "core") && message.core !== 0)
                        writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.core);
                    if (message.featureShift != null && $Object.hasOwnProperty.call(message, "featureShift") && message.featureShift !== 0)
                        writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.featureShift);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes an Output message from the specified reader or buffer.
                 * @function decode
                 * @memberof spikewright.chip.v1.Output
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {spikewright.chip.v1.Output & spikewright.chip.v1.Output.$Shape} Output
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                Output.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.spikewright.chip.v1.Output();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.core = value;
                                else
                                    delete message.core;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.featureShift = value;
                                else
                                    delete message.featureShift;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return Output;
            })();

            v1.InputConfig = (function() {

                /**
                 * Properties of an InputConfig.
                 * @typedef {Object} spikewright.chip.v1.InputConfig.$Properties
                 * @property {spikewright.chip.v1.MapShape.$Properties|null} [shape] InputConfig shape
                 * @property {boolean|null} [onChannel] InputConfig onChannel
                 * @property {boolean|null} [offChannel] InputConfig offChannel
                 * @property {boolean|null} [merge] InputConfig merge
                 * @property {spikewright.chip.v1.Pair.$Properties|null} [pooling] InputConfig pooling
                 * @property {spikewright.chip.v1.Cut.$Properties|null} [cut] InputConfig cut
                 * @property {boolean|null} [mirrorX] InputConfig mirrorX
                 * @property {boolean|null} [mirrorY] InputConfig mirrorY
                 * @property {boolean|null} [mirrorDiagonal] InputConfig mirrorDiagonal
                 * @property {spikewright.chip.v1.FilterConfig.$Properties|null} [filter] InputConfig filter
                 * @property {Array.<spikewright.chip.v1.Destination.$Properties>|null} [destinations] InputConfig destinations
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of an InputConfig.
                 * @memberof spikewright.chip.v1
                 * @interface IInputConfig
                 * @augments spikewright.chip.v1.InputConfig.$Properties
                 * @deprecated Use spikewright.chip.v1.InputConfig.$Properties instead.
                 */

                /**
                 * Shape of an InputConfig.
                 * @typedef {spikewright.chip.v1.InputConfig.$Properties} spikewright.chip.v1.InputConfig.$Shape
                 */

                /**
                 * Constructs a new InputConfig.
                 * @memberof spikewright.chip.v1
                 * @classdesc Represents an InputConfig.
                 * @constructor
                 * @param {spikewright.chip.v1.InputConfig.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const InputConfig = function (properties) {
                    this.destinations = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * InputConfig shape.
                 * @member {spikewright.chip.v1.MapShape.$Properties|null|undefined} shape
                 * @memberof spikewright.chip.v1.InputConfig
                 * @instance
                 */
                InputConfig.prototype.shape = null;

                /**
                 * InputConfig onChannel.
                 * @member {boolean} onChannel
                 * @memberof spikewright.chip.v1.InputConfig
                 * @instance
                 */
                InputConfig.prototype.onChannel = false;

                /**
                 * InputConfig offChannel.
                 * @member {boolean} offChannel
                 * @memberof spikewright.chip.v1.InputConfig
                 * @instance
                 */
                InputConfig.prototype.offChannel = false;

                /**
                 * InputConfig merge.
                 * @member {boolean} merge
                 * @memberof spikewright.chip.v1.InputConfig
                 * @instance
                 */
                InputConfig.prototype.merge = false;

                /**
                 * InputConfig pooling.
                 * @member {spikewright.chip.v1.Pair.$Properties|null|undefined} pooling
                 * @memberof spikewright.chip.v1.InputConfig
                 * @instance
                 */
                InputConfig.prototype.pooling = null;

                /**
                 * InputConfig cut.
                 * @member {spikewright.chip.v1.Cut.$Properties|null|undefined} cut
                 * @memberof spikewright.chip.v1.InputConfig
                 * @instance
                 */
                InputConfig.prototype.cut = null;

                /**
                 * InputConfig mirrorX.
                 * @member {boolean} mirrorX
                 * @memberof spikewright.chip.v1.InputConfig
                 * @instance
                 */
                InputConfig.prototype.mirrorX = false;

                /**
                 * InputConfig mirrorY.
                 * @member {boolean} mirrorY
                 * @memberof spikewright.chip.v1.InputConfig
                 * @instance
                 */
                InputConfig.prototype.mirrorY = false;

                /**
                 * InputConfig mirrorDiagonal.
                 * @member {boolean} mirrorDiagonal
                 * @memberof spikewright.chip.v1.InputConfig
                 * @instance
                 */
                InputConfig.prototype.mirrorDiagonal = false;

                /**
                 * InputConfig filter.
                 * @member {spikewright.chip.v1.FilterConfig.$Properties|null|undefined} filter
                 * @memberof spikewright.chip.v1.InputConfig
                 * @instance
                 */
                InputConfig.prototype.filter = null;

                /**
                 * InputConfig destinations.
                 * @member {Array.<spikewright.chip.v1.Destination.$Properties>} destinations
                 * @memberof spikewright.chip.v1.InputConfig
                 * @instance
                 */
                InputConfig.prototype.destinations = $util.emptyArray;

                /**
                 * Encodes the specified InputConfig message. Does not implicitly {@link spikewright.chip.v1.InputConfig.verify|verify} messages.
                 * @function encode
                 * @memberof spikewright.chip.v1.InputConfig
                 * @static
                 * @param {spikewright.chip.v1.InputConfig.$Properties} message InputConfig message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                InputConfig.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.shape != null && $Object.hasOwnProperty.call(message, "shape"))
                        $root.spikewright.chip.v1.MapShape.encode(message.shape, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                    if (message.onChannel != null && $Object.hasOwnProperty.call(message, "onChannel") && message.onChannel !== false)
                        writer.uint32(/* id 2, wireType 0 =*/16).bool(message.onChannel);
                    if (message.offChannel != null && $Object.hasOwnProperty.call(message, "offChannel") && message.offChannel !== false)
                        writer.uint32(/* id 3, wireType 0 =*/24).bool(message.offChannel);
                    if (message.merge != null && $Object.hasOwnProperty.call(message, "merge") && message.merge !== false)
                        writer.uint32(/* id 4, wireType 0 =*/32).bool(message.merge);
                    if (message.pooling != null && $Object.hasOwnProperty.call(message, "pooling"))
                        $root.spikewright.chip.v1.Pair.encode(message.pooling, writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                    if (message.cut != null && $Object.hasOwnProperty.call(message, "cut"))
                        $root.spikewright.chip.v1.Cut.encode(message.cut, writer.uint32(/* id 6, wireType 2 =*/50).fork(), _depth + 1).ldelim();
                    if (message.mirrorX != null && $Object.hasOwnProperty.call(message, "mirrorX") && message.mirrorX !== false)
                        writer.uint32(/* id 7, wireType 0 =*/56).bool(message.mirrorX);
                    if (message.mirrorY != null && $Object.hasOwnProperty.call(message, "mirrorY") && message.mirrorY !== false)
                        writer.uint32(/* id 8, wireType 0 =*/64).bool(message.mirrorY);
                    if (message.mirrorDiagonal != null && $Object.hasOwnProperty.call(message, "mirrorDiagonal") && message.mirrorDiagonal !== false)
                        writer.uint32(/* id 9, wireType 0 =*/72).bool(message.mirrorDiagonal);
                    if (message.filter != null && $Object.hasOwnProperty.call(message, "filter"))
                        $root.spikewright.chip.v1.FilterConfig.encode(message.filter, writer.uint32(/* id 10, wireType 2 =*/82).fork(), _depth + 1).ldelim();
                    if (message.destinations != null && message.destinations.length)
                        for (let i = 0; i < message.destinations.length; ++i)
                            $root.spikewright.chip.v1.Destination.encode(message.destinations[i], writer.uint32(/* id 11, wireType 2 =*/90).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes an InputConfig message from the specified reader or buffer.
                 * @function decode
                 * @memberof spikewright.chip.v1.InputConfig
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {spikewright.chip.v1.InputConfig & spikewright.chip.v1.InputConfig.$Shape} InputConfig
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                InputConfig.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.spikewright.chip.v1.InputConfig();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                message.shape = $root.spikewright.chip.v1.MapShape.decode(reader, reader.size(), $undefined, _depth + 1, message.shape);
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.onChannel = value;
                                else
                                    delete message.onChannel;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.offChannel = value;
                                else
                                    delete message.offChannel;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.merge = value;
                                else
                                    delete message.merge;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 2)
                                    break;
                                message.pooling = $root.spikewright.chip.v1.Pair.decode(reader, reader.size(), $undefined, _depth + 1, message.pooling);
                                continue;
                            }
                        case 6: {
                                if (wireType !== 2)
                                    break;
                                message.cut = $root.spikewright.chip.v1.Cut.decode(reader, reader.size(), $undefined, _depth + 1, message.cut);
                                continue;
                            }
                        case 7: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.mirrorX = value;
                                else
                                    delete message.mirrorX;
                                continue;
                            }
                        case 8: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.mirrorY = value;
                                else
                                    delete message.mirrorY;
                                continue;
                            }
                        case 9: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.mirrorDiagonal = value;
                                else
                                    delete message.mirrorDiagonal;
                                continue;
                            }
                        case 10: {
                                if (wireType !== 2)
                                    break;
                                message.filter = $root.spikewright.chip.v1.FilterConfig.decode(reader, reader.size(), $undefined, _depth + 1, message.filter);
                                continue;
                            }
                        case 11: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.destinations && message.destinations.length))
                                    message.destinations = [];
                                message.destinations.push($root.spikewright.chip.v1.Destination.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return InputConfig;
            })();

            v1.Cut = (function() {

                /**
                 * Properties of a Cut.
                 * @typedef {Object} spikewright.chip.v1.Cut.$Properties
                 * @property {spikewright.chip.v1.Pair.$Properties|null} [origin] Cut origin
                 * @property {spikewright.chip.v1.Pair.$Properties|null} [corner] Cut corner
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a Cut.
                 * @memberof spikewright.chip.v1
                 * @interface ICut
                 * @augments spikewright.chip.v1.Cut.$Properties
                 * @deprecated Use spikewright.chip.v1.Cut.$Properties instead.
                 */

                /**
                 * Shape of a Cut.
                 * @typedef {spikewright.chip.v1.Cut.$Properties} spikewright.chip.v1.Cut.$Shape
                 */

                /**
                 * Constructs a new Cut.
                 * @memberof spikewright.chip.v1
                 * @classdesc Represents a Cut.
                 * @constructor
                 * @param {spikewright.chip.v1.Cut.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const Cut = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Cut origin.
                 * @member {spikewright.chip.v1.Pair.$Properties|null|undefined} origin
                 * @memberof spikewright.chip.v1.Cut
                 * @instance
                 */
                Cut.prototype.origin = null;

                /**
                 * Cut corner.
                 * @member {spikewright.chip.v1.Pair.$Properties|null|undefined} corner
                 * @memberof spikewright.chip.v1.Cut
                 * @instance
                 */
                Cut.prototype.corner = null;

                /**
                 * Encodes the specified Cut message. Does not implicitly {@link spikewright.chip.v1.Cut.verify|verify} messages.
                 * @function encode
                 * @memberof spikewright.chip.v1.Cut
                 * @static
                 * @param {spikewright.chip.v1.Cut.$Properties} message Cut message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                Cut.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.origin != null && $Object.hasOwnProperty.call(message, "origin"))
                        $root.spikewright.chip.v1.Pair.encode(message.origin, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                    if (message.corner != null && $Object.hasOwnProperty.call(message, "corner"))
                        $root.spikewright.chip.v1.Pair.encode(message.corner, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a Cut message from the specified reader or buffer.
                 * @function decode
                 * @memberof spikewright.chip.v1.Cut
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {spikewright.chip.v1.Cut & spikewright.chip.v1.Cut.$Shape} Cut
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                Cut.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.spikewright.chip.v1.Cut();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                message.origin = $root.spikewright.chip.v1.Pair.decode(reader, reader.size(), $undefined, _depth + 1, message.origin);
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                message.corner = $root.spikewright.chip.v1.Pair.decode(reader, reader.size(), $undefined, _depth + 1, message.corner);
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return Cut;
            })();

            /**
             * FilterMode enum.
             * @name spikewright.chip.v1.FilterMode
             * @enum {number}
             * @property {number} FILTER_MODE_UNSPECIFIED=0 FILTER_MODE_UNSPECIFIED value
             * @property {number} FILTER_MODE_NOISE=1 FILTER_MODE_NOISE value
             * @property {number} FILTER_MODE_LOW_PASS=2 FILTER_MODE_LOW_PASS value
             * @property {number} FILTER_MODE_NOISE_AND_HOT_PIXEL=3 FILTER_MODE_NOISE_AND_HOT_PIXEL value
             */
            v1.FilterMode = (function() {
                const valuesById = $Object.create(null), values = $Object.create(valuesById);
                values[valuesById[0] = "FILTER_MODE_UNSPECIFIED"] = 0;
                values[valuesById[1] = "FILTER_MODE_NOISE"] = 1;
                values[valuesById[2] = "FILTER_MODE_LOW_PASS"] = 2;
                values[valuesById[3] = "FILTER_MODE_NOISE_AND_HOT_PIXEL"] = 3;
                return values;
            })();

            v1.FilterConfig = (function() {

                /**
                 * Properties of a FilterConfig.
                 * @typedef {Object} spikewright.chip.v1.FilterConfig.$Properties
                 * @property {spikewright.chip.v1.FilterMode|null} [mode] FilterConfig mode
                 * @property {spikewright.chip.v1.Pair.$Properties|null} [size] FilterConfig size
                 * @property {number|null} [threshold] FilterConfig threshold
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a FilterConfig.
                 * @memberof spikewright.chip.v1
                 * @interface IFilterConfig
                 * @augments spikewright.chip.v1.FilterConfig.$Properties
                 * @deprecated Use spikewright.chip.v1.FilterConfig.$Properties instead.
                 */

                /**
                 * Shape of a FilterConfig.
                 * @typedef {spikewright.chip.v1.FilterConfig.$Properties} spikewright.chip.v1.FilterConfig.$Shape
                 */

                /**
                 * Constructs a new FilterConfig.
                 * @memberof spikewright.chip.v1
                 * @classdesc Represents a FilterConfig.
                 * @constructor
                 * @param {spikewright.chip.v1.FilterConfig.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const FilterConfig = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * FilterConfig mode.
                 * @member {spikewright.chip.v1.FilterMode} mode
                 * @memberof spikewright.chip.v1.FilterConfig
                 * @instance
                 */
                FilterConfig.prototype.mode = 0;

                /**
                 * FilterConfig size.
                 * @member {spikewright.chip.v1.Pair.$Properties|null|undefined} size
                 * @memberof spikewright.chip.v1.FilterConfig
                 * @instance
                 */
                FilterConfig.prototype.size = null;

                /**
                 * FilterConfig threshold.
                 * @member {number} threshold
                 * @memberof spikewright.chip.v1.FilterConfig
                 * @instance
                 */
                FilterConfig.prototype.threshold = 0;

                /**
                 * Encodes the specified FilterConfig message. Does not implicitly {@link spikewright.chip.v1.FilterConfig.verify|verify} messages.
                 * @function encode
                 * @memberof spikewright.chip.v1.FilterConfig
                 * @static
                 * @param {spikewright.chip.v1.FilterConfig.$Properties} message FilterConfig message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                FilterConfig.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.mode != null && $Object.hasOwnProperty.call(message, "mode") && message.mode !== 0)
                        writer.uint32(/* id 1, wireType 0 =*/8).int32(message.mode);
                    if (message.size != null && $Object.hasOwnProperty.call(message, "size"))
                        $root.spikewright.chip.v1.Pair.encode(message.size, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                    if (message.threshold != null && $Object.hasOwnProperty.call(message, "threshold") && message.threshold !== 0)
                        writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.threshold);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a FilterConfig message from the specified reader or buffer.
                 * @function decode
                 * @memberof spikewright.chip.v1.FilterConfig
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {spikewright.chip.v1.FilterConfig & spikewright.chip.v1.FilterConfig.$Shape} FilterConfig
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                FilterConfig.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.spikewright.chip.v1.FilterConfig();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.int32())
                                    message.mode = value;
                                else
                                    delete message.mode;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                message.size = $root.spikewright.chip.v1.Pair.decode(reader, reader.size(), $undefined, _depth + 1, message.size);
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.threshold = value;
                                else
                                    delete message.threshold;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return FilterConfig;
            })();

            v1.CoreConfig = (function() {

                /**
                 * Properties of a CoreConfig.
                 * @typedef {Object} spikewright.chip.v1.CoreConfig.$Properties
                 * @property {number|null} [core] CoreConfig core
                 * @property {string|null} [layer] CoreConfig layer
                 * @property {spikewright.chip.v1.MapShape.$Properties|null} [inputShape] CoreConfig inputShape
                 * @property {spikewright.chip.v1.MapShape.$Properties|null} [outputShape] CoreConfig outputShape
                 * @property {spikewright.chip.v1.Pair.$Properties|null} [kernelSize] CoreConfig kernelSize
                 * @property {spikewright.chip.v1.Pair.$Properties|null} [stride] CoreConfig stride
                 * @property {spikewright.chip.v1.Pair.$Properties|null} [padding] CoreConfig padding
                 * @property {Uint8Array|null} [weights] CoreConfig weights
                 * @property {Uint8Array|null} [leak] CoreConfig leak
                 * @property {boolean|null} [leakInternalSlowClock] CoreConfig leakInternalSlowClock
                 * @property {number|null} [thresholdHigh] CoreConfig thresholdHigh
                 * @property {number|null} [thresholdLow] CoreConfig thresholdLow
                 * @property {boolean|null} [returnToZero] CoreConfig returnToZero
                 * @property {boolean|null} [monitorEnable] CoreConfig monitorEnable
                 * @property {boolean|null} [congestionBalancer] CoreConfig congestionBalancer
                 * @property {number|null} [decimator] CoreConfig decimator
                 * @property {Uint8Array|null} [initialState] CoreConfig initialState
                 * @property {Array.<spikewright.chip.v1.Destination.$Properties>|null} [destinations] CoreConfig destinations
                 * @property {number|null} [scale] CoreConfig scale
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a CoreConfig.
                 * @memberof spikewright.chip.v1
                 * @interface ICoreConfig
                 * @augments spikewright.chip.v1.CoreConfig.$Properties
                 * @deprecated Use spikewright.chip.v1.CoreConfig.$Properties instead.
                 */

                /**
                 * Shape of a CoreConfig.
                 * @typedef {spikewright.chip.v1.CoreConfig.$Properties} spikewright.chip.v1.CoreConfig.$Shape
                 */

                /**
                 * Constructs a new CoreConfig.
                 * @memberof spikewright.chip.v1
                 * @classdesc Represents a CoreConfig.
                 * @constructor
                 * @param {spikewright.chip.v1.CoreConfig.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const CoreConfig = function (properties) {
                    this.destinations = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * CoreConfig core.
                 * @member {number} core
                 * @memberof spikewright.chip.v1.CoreConfig
                 * @instance
                 */
                CoreConfig.prototype.core = 0;

                /**
                 * CoreConfig layer.
                 * @member {string} layer
                 * @memberof spikewright.chip.v1.CoreConfig
                 * @instance
                 */
                CoreConfig.prototype.layer = "";

                /**
                 * CoreConfig inputShape.
                 * @member {spikewright.chip.v1.MapShape.$Properties|null|undefined} inputShape
                 * @memberof spikewright.chip.v1.CoreConfig
                 * @instance
                 */
                CoreConfig.prototype.inputShape = null;

                /**
                 * CoreConfig outputShape.
                 * @member {spikewright.chip.v1.MapShape.$Properties|null|undefined} outputShape
                 * @memberof spikewright.chip.v1.CoreConfig
                 * @instance
                 */
                CoreConfig.prototype.outputShape = null;

                /**
                 * CoreConfig kernelSize.
                 * @member {spikewright.chip.v1.Pair.$Properties|null|undefined} kernelSize
                 * @memberof spikewright.chip.v1.CoreConfig
                 * @instance
                 */
                CoreConfig.prototype.kernelSize = null;

                /**
                 * CoreConfig stride.
                 * @member {spikewright.chip.v1.Pair.$Properties|null|undefined} stride
                 * @memberof spikewright.chip.v1.CoreConfig
                 * @instance
                 */
                CoreConfig.prototype.stride = null;

                /**
                 * CoreConfig padding.
                 * @member {spikewright.chip.v1.Pair.$Properties|null|undefined} padding
                 * @memberof spikewright.chip.v1.CoreConfig
                 * @instance
                 */
                CoreConfig.prototype.padding = null;

                /**
                 * CoreConfig weights.
                 * @member {Uint8Array} weights
                 * @memberof spikewright.chip.v1.CoreConfig
                 * @instance
                 */
                CoreConfig.prototype.weights = $util.newBuffer([]);

                /**
                 * CoreConfig leak.
                 * @member {Uint8Array} leak
                 * @memberof spikewright.chip.v1.CoreConfig
                 * @instance
                 */
                CoreConfig.prototype.leak = $util.newBuffer([]);

                /**
                 * CoreConfig leakInternalSlowClock.
                 * @member {boolean} leakInternalSlowClock
                 * @memberof spikewright.chip.v1.CoreConfig
                 * @instance
                 */
                CoreConfig.prototype.leakInternalSlowClock = false;

                /**
                 * CoreConfig thresholdHigh.
                 * @member {number} thresholdHigh
                 * @memberof spikewright.chip.v1.CoreConfig
                 * @instance
                 */
                CoreConfig.prototype.thresholdHigh = 0;

                /**
                 * CoreConfig thresholdLow.
                 * @member {number} thresholdLow
                 * @memberof spikewright.chip.v1.CoreConfig
                 * @instance
                 */
                CoreConfig.prototype.thresholdLow = 0;

                /**
                 * CoreConfig returnToZero.
                 * @member {boolean} returnToZero
                 * @memberof spikewright.chip.v1.CoreConfig
                 * @instance
                 */
                CoreConfig.prototype.returnToZero = false;

                /**
                 * CoreConfig monitorEnable.
                 * @member {boolean} monitorEnable
                 * @memberof spikewright.chip.v1.CoreConfig
                 * @instance
                 */
                CoreConfig.prototype.monitorEnable = false;

                /**
                 * CoreConfig congestionBalancer.
                 * @member {boolean} congestionBalancer
                 * @memberof spikewright.chip.v1.CoreConfig
                 * @instance
                 */
                CoreConfig.prototype.congestionBalancer = false;

                /**
                 * CoreConfig decimator.
                 * @member {number} decimator
                 * @memberof spikewright.chip.v1.CoreConfig
                 * @instance
                 */
                CoreConfig.prototype.decimator = 0;

                /**
                 * CoreConfig initialState.
                 * @member {Uint8Array} initialState
                 * @memberof spikewright.chip.v1.CoreConfig
                 * @instance
                 */
                CoreConfig.prototype.initialState = $util.newBuffer([]);

                /**
                 * CoreConfig destinations.
                 * @member {Array.<spikewright.chip.v1.Destination.$Properties>} destinations
                 * @memberof spikewright.chip.v1.CoreConfig
                 * @instance
                 */
                CoreConfig.prototype.destinations = $util.emptyArray;

                /**
                 * CoreConfig scale.
                 * @member {number} scale
                 * @memberof spikewright.chip.v1.CoreConfig
                 * @instance
                 */
                CoreConfig.prototype.scale = 0;

                /**
                 * Encodes the specified CoreConfig message. Does not implicitly {@link spikewright.chip.v1.CoreConfig.verify|verify} messages.
                 * @function encode
                 * @memberof spikewright.chip.v1.CoreConfig
                 * @static
                 * @param {spikewright.chip.v1.CoreConfig.$Properties} message CoreConfig message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                CoreConfig.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.core != null && $Object.hasOwnProperty.call(message, "core") && message.core !== 0)
                        writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.core);
                    if (message.layer != null && $Object.hasOwnProperty.call(message, "layer") && message.layer !== "")
                        writer.uint32(/* id 2, wireType 2 =*/18).string(message.layer);
                    if (message.inputShape != null && $Object.hasOwnProperty.call(message, "inputShape"))
                        $root.spikewright.chip.v1.MapShape.encode(message.inputShape, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                    if (message.outputShape != null && $Object.hasOwnProperty.call(message, "outputShape"))
                        $root.spikewright.chip.v1.MapShape.encode(message.outputShape, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                    if (message.kernelSize != null && $Object.hasOwnProperty.call(message, "kernelSize"))
                        $root.spikewright.chip.v1.Pair.encode(message.kernelSize, writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                    if (message.stride != null && $Object.hasOwnProperty.call(message, "stride"))
                        $root.spikewright.chip.v1.Pair.encode(message.stride, writer.uint32(/* id 6, wireType 2 =*/50).fork(), _depth + 1).ldelim();
                    if (message.padding != null && $Object.hasOwnProperty.call(message, "padding"))
                        $root.spikewright.chip.v1.Pair.encode(message.padding, writer.uint32(/* id 7, wireType 2 =*/58).fork(), _depth + 1).ldelim();
                    if (message.weights != null && $Object.hasOwnProperty.call(message, "weights") && message.weights.length)
                        writer.uint32(/* id 8, wireType 2 =*/66).bytes(message.weights);
                    if (message.leak != null && $Object.hasOwnProperty.call(message, "leak") && message.leak.length)
                        writer.uint32(/* id 9, wireType 2 =*/74).bytes(message.leak);
                    if (message.leakInternalSlowClock != null && $Object.hasOwnProperty.call(message, "leakInternalSlowClock") && message.leakInternalSlowClock !== false)
                        writer.uint32(/* id 10, wireType 0 =*/80).bool(message.leakInternalSlowClock);
                    if (message.thresholdHigh != null && $Object.hasOwnProperty.call(message, "thresholdHigh") && message.thresholdHigh !== 0)
                        writer.uint32(/* id 11, wireType 0 =*/88).uint32(message.thresholdHigh);
                    if (message.thresholdLow != null && $Object.hasOwnProperty.call(message, "thresholdLow") && message.thresholdLow !== 0)
                        writer.uint32(/* id 12, wireType 0 =*/96).sint32(message.thresholdLow);
                    if (message.returnToZero != null && $Object.hasOwnProperty.call(message, "returnToZero") && message.returnToZero !== false)
                        writer.uint32(/* id 13, wireType 0 =*/104).bool(message.returnToZero);
                    if (message.monitorEnable != null && $Object.hasOwnProperty.call(message, "monitorEnable") && message.monitorEnable !== false)
                        writer.uint32(/* id 14, wireType 0 =*/112).bool(message.monitorEnable);
                    if (message.congestionBalancer != null && $Object.hasOwnProperty.call(message, "congestionBalancer") && message.congestionBalancer !== false)
                        writer.uint32(/* id 15, wireType 0 =*/120).bool(message.congestionBalancer);
                    if (message.decimator != null && $Object.hasOwnProperty.call(message, "decimator") && message.decimator !== 0)
                        writer.uint32(/* id 16, wireType 0 =*/128).uint32(message.decimator);
                    if (message.initialState != null && $Object.hasOwnProperty.call(message, "initialState") && message.initialState.length)
                        writer.uint32(/* id 17, wireType 2 =*/138).bytes(message.initialState);
                    if (message.destinations != null && message.destinations.length)
                        for (let i = 0; i < message.destinations.length; ++i)
                            $root.spikewright.chip.v1.Destination.encode(message.destinations[i], writer.uint32(/* id 18, wireType 2 =*/146).fork(), _depth + 1).ldelim();
                    if (message.scale != null && $Object.hasOwnProperty.call(message, "scale") && !$Object.is(message.scale, 0))
                        writer.uint32(/* id 19, wireType 1 =*/153).double(message.scale);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a CoreConfig message from the specified reader or buffer.
                 * @function decode
                 * @memberof spikewright.chip.v1.CoreConfig
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {spikewright.chip.v1.CoreConfig & spikewright.chip.v1.CoreConfig.$Shape} CoreConfig
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                CoreConfig.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.spikewright.chip.v1.CoreConfig();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.core = value;
                                else
                                    delete message.core;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.layer = value;
                                else
                                    delete message.layer;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                message.inputShape = $root.spikewright.chip.v1.MapShape.decode(reader, reader.size(), $undefined, _depth + 1, message.inputShape);
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                message.outputShape = $root.spikewright.chip.v1.MapShape.decode(reader, reader.size(), $undefined, _depth + 1, message.outputShape);
                                continue;
                            }
                        case 5: {
                                if (wireType !== 2)
                                    break;
                                message.kernelSize = $root.spikewright.chip.v1.Pair.decode(reader, reader.size(), $undefined, _depth + 1, message.kernelSize);
                                continue;
                            }
                        case 6: {
                                if (wireType !== 2)
                                    break;
                                message.stride = $root.spikewright.chip.v1.Pair.decode(reader, reader.size(), $undefined, _depth + 1, message.stride);
                                continue;
                            }
                        case 7: {
                                if (wireType !== 2)
                                    break;
                                message.padding = $root.spikewright.chip.v1.Pair.decode(reader, reader.size(), $undefined, _depth + 1, message.padding);
                                continue;
                            }
                        case 8: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.bytes()).length)
                                    message.weights = value;
                                else
                                    delete message.weights;
                                continue;
                            }
                        case 9: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.bytes()).length)
                                    message.leak = value;
                                else
                                    delete message.leak;
                                continue;
                            }
                        case 10: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.leakInternalSlowClock = value;
                                else
                                    delete message.leakInternalSlowClock;
                                continue;
                            }
                        case 11: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.thresholdHigh = value;
                                else
                                    delete message.thresholdHigh;
                                continue;
                            }
                        case 12: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.sint32())
                                    message.thresholdLow = value;
                                else
                                    delete message.thresholdLow;
                                continue;
                            }
                        case 13: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.returnToZero = value;
                                else
                                    delete message.returnToZero;
                                continue;
                            }
                        case 14: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.monitorEnable = value;
                                else
                                    delete message.monitorEnable;
                                continue;
                            }
                        case 15: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.congestionBalancer = value;
                                else
                                    delete message.congestionBalancer;
                                continue;
                            }
                        case 16: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.decimator = value;
                                else
                                    delete message.decimator;
                                continue;
                            }
                        case 17: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.bytes()).length)
                                    message.initialState = value;
                                else
                                    delete message.initialState;
                                continue;
                            }
                        case 18: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.destinations && message.destinations.length))
                                    message.destinations = [];
                                message.destinations.push($root.spikewright.chip.v1.Destination.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        case 19: {
                                if (wireType !== 1)
                                    break;
                                if (!$Object.is(value = reader.double(), 0))
                                    message.scale = value;
                                else
                                    delete message.scale;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return CoreConfig;
            })();

            v1.SlowClock = (function() {

                /**
                 * Properties of a SlowClock.
                 * @typedef {Object} spikewright.chip.v1.SlowClock.$Properties
                 * @property {number|null} [periodUs] SlowClock periodUs
                 * @property {number|null} [divider] SlowClock divider
                 * @property {"periodUs"|"divider"} [source] SlowClock source
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a SlowClock.
                 * @memberof spikewright.chip.v1
                 * @interface ISlowClock
                 * @augments spikewright.chip.v1.SlowClock.$Properties
                 * @deprecated Use spikewright.chip.v1.SlowClock.$Properties instead.
                 */

                /**
                 * Narrowed shape of a SlowClock.
                 * @typedef {{
                 *   periodUs?: number|null;
                 *   divider?: number|null;
                 *   $unknowns?: Array.<Uint8Array>;
                 * } & (
                 *   ({ source?: undefined; periodUs?: null; divider?: null }|{ source?: "periodUs"; periodUs: number; divider?: null }|{ source?: "divider"; periodUs?: null; divider: number })
                 * )} spikewright.chip.v1.SlowClock.$Shape
                 */

                /**
                 * Constructs a new SlowClock.
                 * @memberof spikewright.chip.v1
                 * @classdesc Represents a SlowClock.
                 * @constructor
                 * @param {spikewright.chip.v1.SlowClock.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const SlowClock = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * SlowClock periodUs.
                 * @member {number|null|undefined} periodUs
                 * @memberof spikewright.chip.v1.SlowClock
                 * @instance
                 */
                SlowClock.prototype.periodUs = null;

                /**
                 * SlowClock divider.
                 * @member {number|null|undefined} divider
                 * @memberof spikewright.chip.v1.SlowClock
                 * @instance
                 */
                SlowClock.prototype.divider = null;

                // OneOf field names bound to virtual getters and setters
                let $oneOfFields;

                /**
                 * SlowClock source.
                 * @member {"periodUs"|"divider"|undefined} source
                 * @memberof spikewright.chip.v1.SlowClock
                 * @instance
                 */
                $Object.defineProperty(SlowClock.prototype, "source", {
                    get: $util.oneOfGetter($oneOfFields = ["periodUs", "divider"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                /**
                 * Encodes the specified SlowClock message. Does not implicitly {@link spikewright.chip.v1.SlowClock.verify|verify} messages.
                 * @function encode
                 * @memberof spikewright.chip.v1.SlowClock
                 * @static
                 * @param {spikewright.chip.v1.SlowClock.$Properties} message SlowClock message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                SlowClock.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.periodUs != null && $Object.hasOwnProperty.call(message, "periodUs"))
                        writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.periodUs);
                    if (message.divider != null && $Object.hasOwnProperty.call(message, "divider"))
                        writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.divider);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a SlowClock message from the specified reader or buffer.
                 * @function decode
                 * @memberof spikewright.chip.v1.SlowClock
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {spikewright.chip.v1.SlowClock & spikewright.chip.v1.SlowClock.$Shape} SlowClock
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                SlowClock.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.spikewright.chip.v1.SlowClock();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                message.periodUs = reader.uint32();
                                message.source = "periodUs";
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                message.divider = reader.uint32();
                                message.source = "divider";
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return SlowClock;
            })();

            /**
             * ReadoutLayout enum.
             * @name spikewright.chip.v1.ReadoutLayout
             * @enum {number}
             * @property {number} READOUT_LAYOUT_UNSPECIFIED=0 READOUT_LAYOUT_UNSPECIFIED value
             * @property {number} READOUT_LAYOUT_2X2Y4F=1 READOUT_LAYOUT_2X2Y4F value
             * @property {number} READOUT_LAYOUT_2X4Y2F=2 READOUT_LAYOUT_2X4Y2F value
             * @property {number} READOUT_LAYOUT_4X4Y1F=3 READOUT_LAYOUT_4X4Y1F value
             * @property {number} READOUT_LAYOUT_1X1Y16F=4 READOUT_LAYOUT_1X1Y16F value
             */
            v1.ReadoutLayout = (function() {
                const valuesById = $Object.create(null), values = $Object.create(valuesById);
                values[valuesById[0] = "READOUT_LAYOUT_UNSPECIFIED"] = 0;
                values[valuesById[1] = "READOUT_LAYOUT_2X2Y4F"] = 1;
                values[valuesById[2] = "READOUT_LAYOUT_2X4Y2F"] = 2;
                values[valuesById[3] = "READOUT_LAYOUT_4X4Y1F"] = 3;
                values[valuesById[4] = "READOUT_LAYOUT_1X1Y16F"] = 4;
                return values;
            })();

            /**
             * ReadoutOutput enum.
             * @name spikewright.chip.v1.ReadoutOutput
             * @enum {number}
             * @property {number} READOUT_OUTPUT_UNSPECIFIED=0 READOUT_OUTPUT_UNSPECIFIED value
             * @property {number} READOUT_OUTPUT_OFF=1 READOUT_OUTPUT_OFF value
             * @property {number} READOUT_OUTPUT_COMPARE=2 READOUT_OUTPUT_COMPARE value
             * @property {number} READOUT_OUTPUT_SELECTED=3 READOUT_OUTPUT_SELECTED value
             * @property {number} READOUT_OUTPUT_MAX=4 READOUT_OUTPUT_MAX value
             */
            v1.ReadoutOutput = (function() {
                const valuesById = $Object.create(null), values = $Object.create(valuesById);
                values[valuesById[0] = "READOUT_OUTPUT_UNSPECIFIED"] = 0;
                values[valuesById[1] = "READOUT_OUTPUT_OFF"] = 1;
                values[valuesById[2] = "READOUT_OUTPUT_COMPARE"] = 2;
                values[valuesById[3] = "READOUT_OUTPUT_SELECTED"] = 3;
                values[valuesById[4] = "READOUT_OUTPUT_MAX"] = 4;
                return values;
            })();

            v1.ReadoutConfig = (function() {

                /**
                 * Properties of a ReadoutConfig.
                 * @typedef {Object} spikewright.chip.v1.ReadoutConfig.$Properties
                 * @property {number|null} [core] ReadoutConfig core
                 * @property {number|null} [classes] ReadoutConfig classes
                 * @property {spikewright.chip.v1.ReadoutLayout|null} [layout] ReadoutConfig layout
                 * @property {number|null} [average] ReadoutConfig average
                 * @property {number|null} [threshold] ReadoutConfig threshold
                 * @property {boolean|null} [overrideThresholdMax] ReadoutConfig overrideThresholdMax
                 * @property {spikewright.chip.v1.ReadoutOutput|null} [outputMode] ReadoutConfig outputMode
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a ReadoutConfig.
                 * @memberof spikewright.chip.v1
                 * @interface IReadoutConfig
                 * @augments spikewright.chip.v1.ReadoutConfig.$Properties
                 * @deprecated Use spikewright.chip.v1.ReadoutConfig.$Properties instead.
                 */

                /**
                 * Shape of a ReadoutConfig.
                 * @typedef {spikewright.chip.v1.ReadoutConfig.$Properties} spikewright.chip.v1.ReadoutConfig.$Shape
                 */

                /**
                 * Constructs a new ReadoutConfig.
                 * @memberof spikewright.chip.v1
                 * @classdesc Represents a ReadoutConfig.
                 * @constructor
                 * @param {spikewright.chip.v1.ReadoutConfig.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const ReadoutConfig = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * ReadoutConfig core.
                 * @member {number} core
                 * @memberof spikewright.chip.v1.ReadoutConfig
                 * @instance
                 */
                ReadoutConfig.prototype.core = 0;

                /**
                 * ReadoutConfig classes.
                 * @member {number} classes
                 * @memberof spikewright.chip.v1.ReadoutConfig
                 * @instance
                 */
                ReadoutConfig.prototype.classes = 0;

                /**
                 * ReadoutConfig layout.
                 * @member {spikewright.chip.v1.ReadoutLayout} layout
                 * @memberof spikewright.chip.v1.ReadoutConfig
                 * @instance
                 */
                ReadoutConfig.prototype.layout = 0;

                /**
                 * ReadoutConfig average.
                 * @member {number} average
                 * @memberof spikewright.chip.v1.ReadoutConfig
                 * @instance
                 */
                ReadoutConfig.prototype.average = 0;

                /**
                 * ReadoutConfig threshold.
                 * @member {number} threshold
                 * @memberof spikewright.chip.v1.ReadoutConfig
                 * @instance
                 */
                ReadoutConfig.prototype.threshold = 0;

                /**
                 * ReadoutConfig overrideThresholdMax.
                 * @member {boolean} overrideThresholdMax
                 * @memberof spikewright.chip.v1.ReadoutConfig
                 * @instance
                 */
                ReadoutConfig.prototype.overrideThresholdMax = false;

                /**
                 * ReadoutConfig outputMode.
                 * @member {spikewright.chip.v1.ReadoutOutput} outputMode
                 * @memberof spikewright.chip.v1.ReadoutConfig
                 * @instance
                 */
                ReadoutConfig.prototype.outputMode = 0;

                /**
                 * Encodes the specified ReadoutConfig message. Does not implicitly {@link spikewright.chip.v1.ReadoutConfig.verify|verify} messages.
                 * @function encode
                 * @memberof spikewright.chip.v1.ReadoutConfig
                 * @static
                 * @param {spikewright.chip.v1.ReadoutConfig.$Properties} message ReadoutConfig message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                ReadoutConfig.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.core != null && $Object.hasOwnProperty.call(message, "core") && message.core !== 0)
                        writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.core);
                    if (message.classes != null && $Object.hasOwnProperty.call(message, "classes") && message.classes !== 0)
                        writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.classes);
                    if (message.layout != null && $Object.hasOwnProperty.call(message, "layout") && message.layout !== 0)
                        writer.uint32(/* id 3, wireType 0 =*/24).int32(message.layout);
                    if (message.average != null && $Object.hasOwnProperty.call(message, "average") && message.average !== 0)
                        writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.average);
                    if (message.threshold != null && $Object.hasOwnProperty.call(message, "threshold") && message.threshold !== 0)
                        writer.uint32(/* id 5, wireType 0 =*/40).uint32(message.threshold);
                    if (message.overrideThresholdMax != null && $Object.hasOwnProperty.call(message, "overrideThresholdMax") && message.overrideThresholdMax !== false)
                        writer.uint32(/* id 6, wireType 0 =*/48).bool(message.overrideThresholdMax);
                    if (message.outputMode != null && $Object.hasOwnProperty.call(message, "outputMode") && message.outputMode !== 0)
                        writer.uint32(/* id 7, wireType 0 =*/56).int32(message.outputMode);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a ReadoutConfig message from the specified reader or buffer.
                 * @function decode
                 * @memberof spikewright.chip.v1.ReadoutConfig
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {spikewright.chip.v1.ReadoutConfig & spikewright.chip.v1.ReadoutConfig.$Shape} ReadoutConfig
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                ReadoutConfig.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.spikewright.chip.v1.ReadoutConfig();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.core = value;
                                else
                                    delete message.core;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.classes = value;
                                else
                                    delete message.classes;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.int32())
                                    message.layout = value;
                                else
                                    delete message.layout;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.average = value;
                                else
                                    delete message.average;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.threshold = value;
                                else
                                    delete message.threshold;
                                continue;
                            }
                        case 6: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.overrideThresholdMax = value;
                                else
                                    delete message.overrideThresholdMax;
                                continue;
                            }
                        case 7: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.int32())
                                    message.outputMode = value;
                                else
                                    delete message.outputMode;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return ReadoutConfig;
            })();

            v1.Provenance = (function() {

                /**
                 * Properties of a Provenance.
                 * @typedef {Object} spikewright.chip.v1.Provenance.$Properties
                 * @property {string|null} [tool] Provenance tool
                 * @property {string|null} [network] Provenance network
                 * @property {string|null} [networkSha256] Provenance networkSha256
                 * @property {string|null} [quantizeRule] Provenance quantizeRule
                 * @property {string|null} [objective] Provenance objective
                 * @property {boolean|null} [optimal] Provenance optimal
                 * @property {number|null} [seedLow] Provenance seedLow
                 * @property {number|null} [seedHigh] Provenance seedHigh
                 * @property {Array.<string>|null} [warnings] Provenance warnings
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a Provenance.
                 * @memberof spikewright.chip.v1
                 * @interface IProvenance
                 * @augments spikewright.chip.v1.Provenance.$Properties
                 * @deprecated Use spikewright.chip.v1.Provenance.$Properties instead.
                 */

                /**
                 * Shape of a Provenance.
                 * @typedef {spikewright.chip.v1.Provenance.$Properties} spikewright.chip.v1.Provenance.$Shape
                 */

                /**
                 * Constructs a new Provenance.
                 * @memberof spikewright.chip.v1
                 * @classdesc Represents a Provenance.
                 * @constructor
                 * @param {spikewright.chip.v1.Provenance.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const Provenance = function (properties) {
                    this.warnings = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Provenance tool.
                 * @member {string} tool
                 * @memberof spikewright.chip.v1.Provenance
                 * @instance
                 */
                Provenance.prototype.tool = "";

                /**
                 * Provenance network.
                 * @member {string} network
                 * @memberof spikewright.chip.v1.Provenance
                 * @instance
                 */
                Provenance.prototype.network = "";

                /**
                 * Provenance networkSha256.
                 * @member {string} networkSha256
                 * @memberof spikewright.chip.v1.Provenance
                 * @instance
                 */
                Provenance.prototype.networkSha256 = "";

                /**
                 * Provenance quantizeRule.
                 * @member {string} quantizeRule
                 * @memberof spikewright.chip.v1.Provenance
                 * @instance
                 */
                Provenance.prototype.quantizeRule = "";

                /**
                 * Provenance objective.
                 * @member {string} objective
                 * @memberof spikewright.chip.v1.Provenance
                 * @instance
                 */
                Provenance.prototype.objective = "";

                /**
                 * Provenance optimal.
                 * @member {boolean} optimal
                 * @memberof spikewright.chip.v1.Provenance
                 * @instance
                 */
                Provenance.prototype.optimal = false;

                /**
                 * Provenance seedLow.
                 * @member {number} seedLow
                 * @memberof spikewright.chip.v1.Provenance
                 * @instance
                 */
                Provenance.prototype.seedLow = 0;

                /**
                 * Provenance seedHigh.
                 * @member {number} seedHigh
                 * @memberof spikewright.chip.v1.Provenance
                 * @instance
                 */
                Provenance.prototype.seedHigh = 0;

                /**
                 * Provenance warnings.
                 * @member {Array.<string>} warnings
                 * @memberof spikewright.chip.v1.Provenance
                 * @instance
                 */
                Provenance.prototype.warnings = $util.emptyArray;

                /**
                 * Encodes the specified Provenance message. Does not implicitly {@link spikewright.chip.v1.Provenance.verify|verify} messages.
                 * @function encode
                 * @memberof spikewright.chip.v1.Provenance
                 * @static
                 * @param {spikewright.chip.v1.Provenance.$Properties} message Provenance message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                Provenance.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.tool != null && $Object.hasOwnProperty.call(message, "tool") && message.tool !== "")
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.tool);
                    if (message.network != null && $Object.hasOwnProperty.call(message, "network") && message.network !== "")
                        writer.uint32(/* id 2, wireType 2 =*/18).string(message.network);
                    if (message.networkSha256 != null && $Object.hasOwnProperty.call(message, "networkSha256") && message.networkSha256 !== "")
                        writer.uint32(/* id 3, wireType 2 =*/26).string(message.networkSha256);
                    if (message.quantizeRule != null && $Object.hasOwnProperty.call(message, "quantizeRule") && message.quantizeRule !== "")
                        writer.uint32(/* id 4, wireType 2 =*/34).string(message.quantizeRule);
                    if (message.objective != null && $Object.hasOwnProperty.call(message, "objective") && message.objective !== "")
                        writer.uint32(/* id 5, wireType 2 =*/42).string(message.objective);
                    if (message.optimal != null && $Object.hasOwnProperty.call(message, "optimal") && message.optimal !== false)
                        writer.uint32(/* id 6, wireType 0 =*/48).bool(message.optimal);
                    if (message.seedLow != null && $Object.hasOwnProperty.call(message, "seedLow") && message.seedLow !== 0)
                        writer.uint32(/* id 7, wireType 0 =*/56).uint32(message.seedLow);
                    if (message.seedHigh != null && $Object.hasOwnProperty.call(message, "seedHigh") && message.seedHigh !== 0)
                        writer.uint32(/* id 8, wireType 0 =*/64).uint32(message.seedHigh);
                    if (message.warnings != null && message.warnings.length)
                        for (let i = 0; i < message.warnings.length; ++i)
                            writer.uint32(/* id 9, wireType 2 =*/74).string(message.warnings[i]);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a Provenance message from the specified reader or buffer.
                 * @function decode
                 * @memberof spikewright.chip.v1.Provenance
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {spikewright.chip.v1.Provenance & spikewright.chip.v1.Provenance.$Shape} Provenance
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                Provenance.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.spikewright.chip.v1.Provenance();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.tool = value;
                                else
                                    delete message.tool;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.network = value;
                                else
                                    delete message.network;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.networkSha256 = value;
                                else
                                    delete message.networkSha256;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.quantizeRule = value;
                                else
                                    delete message.quantizeRule;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.objective = value;
                                else
                                    delete message.objective;
                                continue;
                            }
                        case 6: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.optimal = value;
                                else
                                    delete message.optimal;
                                continue;
                            }
                        case 7: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.seedLow = value;
                                else
                                    delete message.seedLow;
                                continue;
                            }
                        case 8: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.seedHigh = value;
                                else
                                    delete message.seedHigh;
                                continue;
                            }
                        case 9: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.warnings && message.warnings.length))
                                    message.warnings = [];
                                message.warnings.push(reader.stringVerify());
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return Provenance;
            })();

            return v1;
        })();

        return chip;
    })();

    return spikewright;
})();

export {
  $root as default
};
