/*eslint-disable block-scoped-var, id-length, no-control-regex, no-magic-numbers, no-mixed-operators, no-prototype-builtins, no-redeclare, no-shadow, no-var, sort-vars, default-case, jsdoc/require-param*/
import $protobuf from "protobufjs/minimal.js";

// Common aliases
const $Reader = $protobuf.Reader, $Writer = $protobuf.Writer, $util = $protobuf.util;
const $Object = $util.global.Object, $undefined = $util.global.undefined, $Error = $util.global.Error, $RangeError = $util.global.RangeError;

// Exported root namespace
const $root = $protobuf.roots["spikewright_link"] || ($protobuf.roots["spikewright_link"] = {});

export const spikewright = $root.spikewright = (() => {

    /**
     * Namespace spikewright.
     * @exports spikewright
     * @namespace
     */
    const spikewright = {};

    spikewright.link = (function() {

        /**
         * Namespace link.
         * @memberof spikewright
         * @namespace
         */
        const link = {};

        link.v1 = (function() {

            /**
             * Namespace v1.
             * @memberof spikewright.link
             * @namespace
             */
            const v1 = {};

            v1.Hello = (function() {

                /**
                 * Properties of a Hello.
                 * @typedef {Object} spikewright.link.v1.Hello.$Properties
                 * @property {string|null} [protocol] Hello protocol
                 * @property {number|null} [minVersion] Hello minVersion
                 * @property {number|null} [maxVersion] Hello maxVersion
                 * @property {number|null} [nonce] Hello nonce
                 * @property {boolean|null} [resume] Hello resume
                 * @property {number|null} [maxPayload] Hello maxPayload
                 * @property {number|null} [window] Hello window
                 * @property {number|null} [keepaliveMs] Hello keepaliveMs
                 * @property {number|null} [timeoutMs] Hello timeoutMs
                 * @property {string|null} [program] Hello program
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a Hello.
                 * @memberof spikewright.link.v1
                 * @interface IHello
                 * @augments spikewright.link.v1.Hello.$Properties
                 * @deprecated Use spikewright.link.v1.Hello.$Properties instead.
                 */

                /**
                 * Shape of a Hello.
                 * @typedef {spikewright.link.v1.Hello.$Properties} spikewright.link.v1.Hello.$Shape
                 */

                /**
                 * Constructs a new Hello.
                 * @memberof spikewright.link.v1
                 * @classdesc Represents a Hello.
                 * @constructor
                 * @param {spikewright.link.v1.Hello.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const Hello = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Hello protocol.
                 * @member {string} protocol
                 * @memberof spikewright.link.v1.Hello
                 * @instance
                 */
                Hello.prototype.protocol = "";

                /**
                 * Hello minVersion.
                 * @member {number} minVersion
                 * @memberof spikewright.link.v1.Hello
                 * @instance
                 */
                Hello.prototype.minVersion = 0;

                /**
                 * Hello maxVersion.
                 * @member {number} maxVersion
                 * @memberof spikewright.link.v1.Hello
                 * @instance
                 */
                Hello.prototype.maxVersion = 0;

                /**
                 * Hello nonce.
                 * @member {number} nonce
                 * @memberof spikewright.link.v1.Hello
                 * @instance
                 */
                Hello.prototype.nonce = 0;

                /**
                 * Hello resume.
                 * @member {boolean} resume
                 * @memberof spikewright.link.v1.Hello
                 * @instance
                 */
                Hello.prototype.resume = false;

                /**
                 * Hello maxPayload.
                 * @member {number} maxPayload
                 * @memberof spikewright.link.v1.Hello
                 * @instance
                 */
                Hello.prototype.maxPayload = 0;

                /**
                 * Hello window.
                 * @member {number} window
                 * @memberof spikewright.link.v1.Hello
                 * @instance
                 */
                Hello.prototype.window = 0;

                /**
                 * Hello keepaliveMs.
                 * @member {number} keepaliveMs
                 * @memberof spikewright.link.v1.Hello
                 * @instance
                 */
                Hello.prototype.keepaliveMs = 0;

                /**
                 * Hello timeoutMs.
                 * @member {number} timeoutMs
                 * @memberof spikewright.link.v1.Hello
                 * @instance
                 */
                Hello.prototype.timeoutMs = 0;

                /**
                 * Hello program.
                 * @member {string} program
                 * @memberof spikewright.link.v1.Hello
                 * @instance
                 */
                Hello.prototype.program = "";

                /**
                 * Encodes the specified Hello message. Does not implicitly {@link spikewright.link.v1.Hello.verify|verify} messages.
                 * @function encode
                 * @memberof spikewright.link.v1.Hello
                 * @static
                 * @param {spikewright.link.v1.Hello.$Properties} message Hello message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                Hello.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.protocol != null && $Object.hasOwnProperty.call(message, "protocol") && message.protocol !== "")
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.protocol);
                    if (message.minVersion != null && $Object.hasOwnProperty.call(message, "minVersion") && message.minVersion !== 0)
                        writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.minVersion);
                    if (message.maxVersion != null && $Object.hasOwnProperty.call(message, "maxVersion") && message.maxVersion !== 0)
                        writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.maxVersion);
                    if (message.nonce != null && $Object.hasOwnProperty.call(message, "nonce") && message.nonce !== 0)
                        writer.uint32(/* id 4, wireType 5 =*/37).fixed32(message.nonce);
                    if (message.resume != null && $Object.hasOwnProperty.call(message, "resume") && message.resume !== false)
                        writer.uint32(/* id 5, wireType 0 =*/40).bool(message.resume);
                    if (message.maxPayload != null && $Object.hasOwnProperty.call(message, "maxPayload") && message.maxPayload !== 0)
                        writer.uint32(/* id 6, wireType 0 =*/48).uint32(message.maxPayload);
                    if (message.window != null && $Object.hasOwnProperty.call(message, "window") && message.window !== 0)
                        writer.uint32(/* id 7, wireType 0 =*/56).uint32(message.window);
                    if (message.keepaliveMs != null && $Object.hasOwnProperty.call(message, "keepaliveMs") && message.keepaliveMs !== 0)
                        writer.uint32(/* id 8, wireType 0 =*/64).uint32(message.keepaliveMs);
                    if (message.timeoutMs != null && $Object.hasOwnProperty.call(message, "timeoutMs") && message.timeoutMs !== 0)
                        writer.uint32(/* id 9, wireType 0 =*/72).uint32(message.timeoutMs);
                    if (message.program != null && $Object.hasOwnProperty.call(message, "program") && message.program !== "")
                        writer.uint32(/* id 10, wireType 2 =*/82).string(message.program);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a Hello message from the specified reader or buffer.
                 * @function decode
                 * @memberof spikewright.link.v1.Hello
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {spikewright.link.v1.Hello & spikewright.link.v1.Hello.$Shape} Hello
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                Hello.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.spikewright.link.v1.Hello();
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
                                    message.protocol = value;
                                else
                                    delete message.protocol;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.minVersion = value;
                                else
                                    delete message.minVersion;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.maxVersion = value;
                                else
                                    delete message.maxVersion;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 5)
                                    break;
                                if (value = reader.fixed32())
                                    message.nonce = value;
                                else
                                    delete message.nonce;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.resume = value;
                                else
                                    delete message.resume;
                                continue;
                            }
                        case 6: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.maxPayload = value;
                                else
                                    delete message.maxPayload;
                                continue;
                            }
                        case 7: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.window = value;
                                else
                                    delete message.window;
                                continue;
                            }
                        case 8: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.keepaliveMs = value;
                                else
                                    delete message.keepaliveMs;
                                continue;
                            }
                        case 9: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.timeoutMs = value;
                                else
                                    delete message.timeoutMs;
                                continue;
                            }
                        case 10: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.program = value;
                                else
                                    delete message.program;
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

                return Hello;
            })();

            v1.Welcome = (function() {

                /**
                 * Properties of a Welcome.
                 * @typedef {Object} spikewright.link.v1.Welcome.$Properties
                 * @property {string|null} [protocol] Welcome protocol
                 * @property {number|null} [version] Welcome version
                 * @property {number|null} [nonce] Welcome nonce
                 * @property {number|null} [maxPayload] Welcome maxPayload
                 * @property {number|null} [window] Welcome window
                 * @property {number|null} [capabilities] Welcome capabilities
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a Welcome.
                 * @memberof spikewright.link.v1
                 * @interface IWelcome
                 * @augments spikewright.link.v1.Welcome.$Properties
                 * @deprecated Use spikewright.link.v1.Welcome.$Properties instead.
                 */

                /**
                 * Shape of a Welcome.
                 * @typedef {spikewright.link.v1.Welcome.$Properties} spikewright.link.v1.Welcome.$Shape
                 */

                /**
                 * Constructs a new Welcome.
                 * @memberof spikewright.link.v1
                 * @classdesc Represents a Welcome.
                 * @constructor
                 * @param {spikewright.link.v1.Welcome.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const Welcome = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Welcome protocol.
                 * @member {string} protocol
                 * @memberof spikewright.link.v1.Welcome
                 * @instance
                 */
                Welcome.prototype.protocol = "";

                /**
                 * Welcome version.
                 * @member {number} version
                 * @memberof spikewright.link.v1.Welcome
                 * @instance
                 */
                Welcome.prototype.version = 0;

                /**
                 * Welcome nonce.
                 * @member {number} nonce
                 * @memberof spikewright.link.v1.Welcome
                 * @instance
                 */
                Welcome.prototype.nonce = 0;

                /**
                 * Welcome maxPayload.
                 * @member {number} maxPayload
                 * @memberof spikewright.link.v1.Welcome
                 * @instance
                 */
                Welcome.prototype.maxPayload = 0;

                /**
                 * Welcome window.
                 * @member {number} window
                 * @memberof spikewright.link.v1.Welcome
                 * @instance
                 */
                Welcome.prototype.window = 0;

                /**
                 * Welcome capabilities.
                 * @member {number} capabilities
                 * @memberof spikewright.link.v1.Welcome
                 * @instance
                 */
                Welcome.prototype.capabilities = 0;

                /**
                 * Encodes the specified Welcome message. Does not implicitly {@link spikewright.link.v1.Welcome.verify|verify} messages.
                 * @function encode
                 * @memberof spikewright.link.v1.Welcome
                 * @static
                 * @param {spikewright.link.v1.Welcome.$Properties} message Welcome message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                Welcome.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.protocol != null && $Object.hasOwnProperty.call(message, "protocol") && message.protocol !== "")
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.protocol);
                    if (message.version != null && $Object.hasOwnProperty.call(message, "version") && message.version !== 0)
                        writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.version);
                    if (message.nonce != null && $Object.hasOwnProperty.call(message, "nonce") && message.nonce !== 0)
                        writer.uint32(/* id 3, wireType 5 =*/29).fixed32(message.nonce);
                    if (message.maxPayload != null && $Object.hasOwnProperty.call(message, "maxPayload") && message.maxPayload !== 0)
                        writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.maxPayload);
                    if (message.window != null && $Object.hasOwnProperty.call(message, "window") && message.window !== 0)
                        writer.uint32(/* id 5, wireType 0 =*/40).uint32(message.window);
                    if (message.capabilities != null && $Object.hasOwnProperty.call(message, "capabilities") && message.capabilities !== 0)
                        writer.uint32(/* id 6, wireType 0 =*/48).uint32(message.capabilities);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a Welcome message from the specified reader or buffer.
                 * @function decode
                 * @memberof spikewright.link.v1.Welcome
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {spikewright.link.v1.Welcome & spikewright.link.v1.Welcome.$Shape} Welcome
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                Welcome.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.spikewright.link.v1.Welcome();
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
                                    message.protocol = value;
                                else
                                    delete message.protocol;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.version = value;
                                else
                                    delete message.version;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 5)
                                    break;
                                if (value = reader.fixed32())
                                    message.nonce = value;
                                else
                                    delete message.nonce;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.maxPayload = value;
                                else
                                    delete message.maxPayload;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.window = value;
                                else
                                    delete message.window;
                                continue;
                            }
                        case 6: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.capabilities = value;
                                else
                                    delete message.capabilities;
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

                return Welcome;
            })();

            /**
             * Capability enum.
             * @name spikewright.link.v1.Capability
             * @enum {number}
             * @property {number} CAPABILITY_NONE=0 CAPABILITY_NONE value
             * @property {number} CAPABILITY_MANY_CORES=1 CAPABILITY_MANY_CORES value
             * @property {number} CAPABILITY_LEAK=2 CAPABILITY_LEAK value
             * @property {number} CAPABILITY_READOUT=4 CAPABILITY_READOUT value
             * @property {number} CAPABILITY_FILTER=8 CAPABILITY_FILTER value
             * @property {number} CAPABILITY_INPUT_STEPS=16 CAPABILITY_INPUT_STEPS value
             * @property {number} CAPABILITY_DECIMATOR=32 CAPABILITY_DECIMATOR value
             * @property {number} CAPABILITY_BALANCER=64 CAPABILITY_BALANCER value
             * @property {number} CAPABILITY_INITIAL_STATE=128 CAPABILITY_INITIAL_STATE value
             * @property {number} CAPABILITY_READ_NEURONS=256 CAPABILITY_READ_NEURONS value
             * @property {number} CAPABILITY_WRITE_NEURONS=512 CAPABILITY_WRITE_NEURONS value
             * @property {number} CAPABILITY_SELECT_MONITOR=1024 CAPABILITY_SELECT_MONITOR value
             * @property {number} CAPABILITY_TIMING=2048 CAPABILITY_TIMING value
             * @property {number} CAPABILITY_REAL_TIME=4096 CAPABILITY_REAL_TIME value
             * @property {number} CAPABILITY_LIVE_COUNTERS=8192 CAPABILITY_LIVE_COUNTERS value
             * @property {number} CAPABILITY_POWER=16384 CAPABILITY_POWER value
             * @property {number} CAPABILITY_LOG=32768 CAPABILITY_LOG value
             */
            v1.Capability = (function() {
                const valuesById = $Object.create(null), values = $Object.create(valuesById);
                values[valuesById[0] = "CAPABILITY_NONE"] = 0;
                values[valuesById[1] = "CAPABILITY_MANY_CORES"] = 1;
                values[valuesById[2] = "CAPABILITY_LEAK"] = 2;
                values[valuesById[4] = "CAPABILITY_READOUT"] = 4;
                values[valuesById[8] = "CAPABILITY_FILTER"] = 8;
                values[valuesById[16] = "CAPABILITY_INPUT_STEPS"] = 16;
                values[valuesById[32] = "CAPABILITY_DECIMATOR"] = 32;
                values[valuesById[64] = "CAPABILITY_BALANCER"] = 64;
                values[valuesById[128] = "CAPABILITY_INITIAL_STATE"] = 128;
                values[valuesById[256] = "CAPABILITY_READ_NEURONS"] = 256;
                values[valuesById[512] = "CAPABILITY_WRITE_NEURONS"] = 512;
                values[valuesById[1024] = "CAPABILITY_SELECT_MONITOR"] = 1024;
                values[valuesById[2048] = "CAPABILITY_TIMING"] = 2048;
                values[valuesById[4096] = "CAPABILITY_REAL_TIME"] = 4096;
                values[valuesById[8192] = "CAPABILITY_LIVE_COUNTERS"] = 8192;
                values[valuesById[16384] = "CAPABILITY_POWER"] = 16384;
                values[valuesById[32768] = "CAPABILITY_LOG"] = 32768;
                return values;
            })();

            v1.Refuse = (function() {

                /**
                 * Properties of a Refuse.
                 * @typedef {Object} spikewright.link.v1.Refuse.$Properties
                 * @property {string|null} [protocol] Refuse protocol
                 * @property {number|null} [nonce] Refuse nonce
                 * @property {spikewright.link.v1.RefuseReason|null} [reason] Refuse reason
                 * @property {number|null} [minVersion] Refuse minVersion
                 * @property {number|null} [maxVersion] Refuse maxVersion
                 * @property {string|null} [message] Refuse message
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a Refuse.
                 * @memberof spikewright.link.v1
                 * @interface IRefuse
                 * @augments spikewright.link.v1.Refuse.$Properties
                 * @deprecated Use spikewright.link.v1.Refuse.$Properties instead.
                 */

                /**
                 * Shape of a Refuse.
                 * @typedef {spikewright.link.v1.Refuse.$Properties} spikewright.link.v1.Refuse.$Shape
                 */

                /**
                 * Constructs a new Refuse.
                 * @memberof spikewright.link.v1
                 * @classdesc Represents a Refuse.
                 * @constructor
                 * @param {spikewright.link.v1.Refuse.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const Refuse = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Refuse protocol.
                 * @member {string} protocol
                 * @memberof spikewright.link.v1.Refuse
                 * @instance
                 */
                Refuse.prototype.protocol = "";

                /**
                 * Refuse nonce.
                 * @member {number} nonce
                 * @memberof spikewright.link.v1.Refuse
                 * @instance
                 */
                Refuse.prototype.nonce = 0;

                /**
                 * Refuse reason.
                 * @member {spikewright.link.v1.RefuseReason} reason
                 * @memberof spikewright.link.v1.Refuse
                 * @instance
                 */
                Refuse.prototype.reason = 0;

                /**
                 * Refuse minVersion.
                 * @member {number} minVersion
                 * @memberof spikewright.link.v1.Refuse
                 * @instance
                 */
                Refuse.prototype.minVersion = 0;

                /**
                 * Refuse maxVersion.
                 * @member {number} maxVersion
                 * @memberof spikewright.link.v1.Refuse
                 * @instance
                 */
                Refuse.prototype.maxVersion = 0;

                /**
                 * Refuse message.
                 * @member {string} message
                 * @memberof spikewright.link.v1.Refuse
                 * @instance
                 */
                Refuse.prototype.message = "";

                /**
                 * Encodes the specified Refuse message. Does not implicitly {@link spikewright.link.v1.Refuse.verify|verify} messages.
                 * @function encode
                 * @memberof spikewright.link.v1.Refuse
                 * @static
                 * @param {spikewright.link.v1.Refuse.$Properties} message Refuse message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                Refuse.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.protocol != null && $Object.hasOwnProperty.call(message, "protocol") && message.protocol !== "")
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.protocol);
                    if (message.nonce != null && $Object.hasOwnProperty.call(message, "nonce") && message.nonce !== 0)
                        writer.uint32(/* id 2, wireType 5 =*/21).fixed32(message.nonce);
                    if (message.reason != null && $Object.hasOwnProperty.call(message, "reason") && message.reason !== 0)
                        writer.uint32(/* id 3, wireType 0 =*/24).int32(message.reason);
                    if (message.minVersion != null && $Object.hasOwnProperty.call(message, "minVersion") && message.minVersion !== 0)
                        writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.minVersion);
                    if (message.maxVersion != null && $Object.hasOwnProperty.call(message, "maxVersion") && message.maxVersion !== 0)
                        writer.uint32(/* id 5, wireType 0 =*/40).uint32(message.maxVersion);
                    if (message.message != null && $Object.hasOwnProperty.call(message, "message") && message.message !== "")
                        writer.uint32(/* id 6, wireType 2 =*/50).string(message.message);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a Refuse message from the specified reader or buffer.
                 * @function decode
                 * @memberof spikewright.link.v1.Refuse
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {spikewright.link.v1.Refuse & spikewright.link.v1.Refuse.$Shape} Refuse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                Refuse.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.spikewright.link.v1.Refuse();
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
                                    message.protocol = value;
                                else
                                    delete message.protocol;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 5)
                                    break;
                                if (value = reader.fixed32())
                                    message.nonce = value;
                                else
                                    delete message.nonce;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.int32())
                                    message.reason = value;
                                else
                                    delete message.reason;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.minVersion = value;
                                else
                                    delete message.minVersion;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.maxVersion = value;
                                else
                                    delete message.maxVersion;
                                continue;
                            }
                        case 6: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.message = value;
                                else
                                    delete message.message;
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

                return Refuse;
            })();

            /**
             * RefuseReason enum.
             * @name spikewright.link.v1.RefuseReason
             * @enum {number}
             * @property {number} REFUSE_REASON_UNSPECIFIED=0 REFUSE_REASON_UNSPECIFIED value
             * @property {number} REFUSE_REASON_VERSION=1 REFUSE_REASON_VERSION value
             * @property {number} REFUSE_REASON_NO_SESSION=2 REFUSE_REASON_NO_SESSION value
             * @property {number} REFUSE_REASON_BAD_HELLO=3 REFUSE_REASON_BAD_HELLO value
             * @property {number} REFUSE_REASON_BUSY=4 REFUSE_REASON_BUSY value
             */
            v1.RefuseReason = (function() {
                const valuesById = $Object.create(null), values = $Object.create(valuesById);
                values[valuesById[0] = "REFUSE_REASON_UNSPECIFIED"] = 0;
                values[valuesById[1] = "REFUSE_REASON_VERSION"] = 1;
                values[valuesById[2] = "REFUSE_REASON_NO_SESSION"] = 2;
                values[valuesById[3] = "REFUSE_REASON_BAD_HELLO"] = 3;
                values[valuesById[4] = "REFUSE_REASON_BUSY"] = 4;
                return values;
            })();

            v1.ToBoard = (function() {

                /**
                 * Properties of a ToBoard.
                 * @typedef {Object} spikewright.link.v1.ToBoard.$Properties
                 * @property {number|null} [id] ToBoard id
                 * @property {spikewright.link.v1.GetIdentity.$Properties|null} [getIdentity] ToBoard getIdentity
                 * @property {spikewright.link.v1.UploadBegin.$Properties|null} [uploadBegin] ToBoard uploadBegin
                 * @property {spikewright.link.v1.UploadChunk.$Properties|null} [uploadChunk] ToBoard uploadChunk
                 * @property {spikewright.link.v1.UploadCommit.$Properties|null} [uploadCommit] ToBoard uploadCommit
                 * @property {spikewright.link.v1.SelectMonitor.$Properties|null} [selectMonitor] ToBoard selectMonitor
                 * @property {spikewright.link.v1.ReadNeurons.$Properties|null} [readNeurons] ToBoard readNeurons
                 * @property {spikewright.link.v1.WriteNeurons.$Properties|null} [writeNeurons] ToBoard writeNeurons
                 * @property {spikewright.link.v1.Reset.$Properties|null} [reset] ToBoard reset
                 * @property {spikewright.link.v1.GetCounters.$Properties|null} [getCounters] ToBoard getCounters
                 * @property {spikewright.link.v1.Subscribe.$Properties|null} [subscribe] ToBoard subscribe
                 * @property {spikewright.link.v1.BeginRun.$Properties|null} [beginRun] ToBoard beginRun
                 * @property {spikewright.link.v1.EventBatch.$Properties|null} [events] ToBoard events
                 * @property {spikewright.link.v1.EndInput.$Properties|null} [endInput] ToBoard endInput
                 * @property {"getIdentity"|"uploadBegin"|"uploadChunk"|"uploadCommit"|"selectMonitor"|"readNeurons"|"writeNeurons"|"reset"|"getCounters"|"subscribe"|"beginRun"|"events"|"endInput"} [body] ToBoard body
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a ToBoard.
                 * @memberof spikewright.link.v1
                 * @interface IToBoard
                 * @augments spikewright.link.v1.ToBoard.$Properties
                 * @deprecated Use spikewright.link.v1.ToBoard.$Properties instead.
                 */

                /**
                 * Narrowed shape of a ToBoard.
                 * @typedef {{
                 *   id?: number|null;
                 *   getIdentity?: spikewright.link.v1.GetIdentity.$Shape|null;
                 *   uploadBegin?: spikewright.link.v1.UploadBegin.$Shape|null;
                 *   uploadChunk?: spikewright.link.v1.UploadChunk.$Shape|null;
                 *   uploadCommit?: spikewright.link.v1.UploadCommit.$Shape|null;
                 *   selectMonitor?: spikewright.link.v1.SelectMonitor.$Shape|null;
                 *   readNeurons?: spikewright.link.v1.ReadNeurons.$Shape|null;
                 *   writeNeurons?: spikewright.link.v1.WriteNeurons.$Shape|null;
                 *   reset?: spikewright.link.v1.Reset.$Shape|null;
                 *   getCounters?: spikewright.link.v1.GetCounters.$Shape|null;
                 *   subscribe?: spikewright.link.v1.Subscribe.$Shape|null;
                 *   beginRun?: spikewright.link.v1.BeginRun.$Shape|null;
                 *   events?: spikewright.link.v1.EventBatch.$Shape|null;
                 *   endInput?: spikewright.link.v1.EndInput.$Shape|null;
                 *   $unknowns?: Array.<Uint8Array>;
                 * } & (
                 *   ({ body?: undefined; getIdentity?: null; uploadBegin?: null; uploadChunk?: null; uploadCommit?: null; selectMonitor?: null; readNeurons?: null; writeNeurons?: null; reset?: null; getCounters?: null; subscribe?: null; beginRun?: null; events?: null; endInput?: null }|{ body?: "getIdentity"; getIdentity: spikewright.link.v1.GetIdentity.$Shape; uploadBegin?: null; uploadChunk?: null; uploadCommit?: null; selectMonitor?: null; readNeurons?: null; writeNeurons?: null; reset?: null; getCounters?: null; subscribe?: null; beginRun?: null; events?: null; endInput?: null }|{ body?: "uploadBegin"; getIdentity?: null; uploadBegin: spikewright.link.v1.UploadBegin.$Shape; uploadChunk?: null; uploadCommit?: null; selectMonitor?: null; readNeurons?: null; writeNeurons?: null; reset?: null; getCounters?: null; subscribe?: null; beginRun?: null; events?: null; endInput?: null }|{ body?: "uploadChunk"; getIdentity?: null; uploadBegin?: null; uploadChunk: spikewright.link.v1.UploadChunk.$Shape; uploadCommit?: null; selectMonitor?: null; readNeurons?: null; writeNeurons?: null; reset?: null; getCounters?: null; subscribe?: null; beginRun?: null; events?: null; endInput?: null }|{ body?: "uploadCommit"; getIdentity?: null; uploadBegin?: null; uploadChunk?: null; uploadCommit: spikewright.link.v1.UploadCommit.$Shape; selectMonitor?: null; readNeurons?: null; writeNeurons?: null; reset?: null; getCounters?: null; subscribe?: null; beginRun?: null; events?: null; endInput?: null }|{ body?: "selectMonitor"; getIdentity?: null; uploadBegin?: null; uploadChunk?: null; uploadCommit?: null; selectMonitor: spikewright.link.v1.SelectMonitor.$Shape; readNeurons?: null; writeNeurons?: null; reset?: null; getCounters?: null; subscribe?: null; beginRun?: null; events?: null; endInput?: null }|{ body?: "readNeurons"; getIdentity?: null; uploadBegin?: null; uploadChunk?: null; uploadCommit?: null; selectMonitor?: null; readNeurons: spikewright.link.v1.ReadNeurons.$Shape; writeNeurons?: null; reset?: null; getCounters?: null; subscribe?: null; beginRun?: null; events?: null; endInput?: null }|{ body?: "writeNeurons"; getIdentity?: null; uploadBegin?: null; uploadChunk?: null; uploadCommit?: null; selectMonitor?: null; readNeurons?: null; writeNeurons: spikewright.link.v1.WriteNeurons.$Shape; reset?: null; getCounters?: null; subscribe?: null; beginRun?: null; events?: null; endInput?: null }|{ body?: "reset"; getIdentity?: null; uploadBegin?: null; uploadChunk?: null; uploadCommit?: null; selectMonitor?: null; readNeurons?: null; writeNeurons?: null; reset: spikewright.link.v1.Reset.$Shape; getCounters?: null; subscribe?: null; beginRun?: null; events?: null; endInput?: null }|{ body?: "getCounters"; getIdentity?: null; uploadBegin?: null; uploadChunk?: null; uploadCommit?: null; selectMonitor?: null; readNeurons?: null; writeNeurons?: null; reset?: null; getCounters: spikewright.link.v1.GetCounters.$Shape; subscribe?: null; beginRun?: null; events?: null; endInput?: null }|{ body?: "subscribe"; getIdentity?: null; uploadBegin?: null; uploadChunk?: null; uploadCommit?: null; selectMonitor?: null; readNeurons?: null; writeNeurons?: null; reset?: null; getCounters?: null; subscribe: spikewright.link.v1.Subscribe.$Shape; beginRun?: null; events?: null; endInput?: null }|{ body?: "beginRun"; getIdentity?: null; uploadBegin?: null; uploadChunk?: null; uploadCommit?: null; selectMonitor?: null; readNeurons?: null; writeNeurons?: null; reset?: null; getCounters?: null; subscribe?: null; beginRun: spikewright.link.v1.BeginRun.$Shape; events?: null; endInput?: null }|{ body?: "events"; getIdentity?: null; uploadBegin?: null; uploadChunk?: null; uploadCommit?: null; selectMonitor?: null; readNeurons?: null; writeNeurons?: null; reset?: null; getCounters?: null; subscribe?: null; beginRun?: null; events: spikewright.link.v1.EventBatch.$Shape; endInput?: null }|{ body?: "endInput"; getIdentity?: null; uploadBegin?: null; uploadChunk?: null; uploadCommit?: null; selectMonitor?: null; readNeurons?: null; writeNeurons?: null; reset?: null; getCounters?: null; subscribe?: null; beginRun?: null; events?: null; endInput: spikewright.link.v1.EndInput.$Shape })
                 * )} spikewright.link.v1.ToBoard.$Shape
                 */

                /**
                 * Constructs a new ToBoard.
                 * @memberof spikewright.link.v1
                 * @classdesc Represents a ToBoard.
                 * @constructor
                 * @param {spikewright.link.v1.ToBoard.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const ToBoard = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * ToBoard id.
                 * @member {number} id
                 * @memberof spikewright.link.v1.ToBoard
                 * @instance
                 */
                ToBoard.prototype.id = 0;

                /**
                 * ToBoard getIdentity.
                 * @member {spikewright.link.v1.GetIdentity.$Properties|null|undefined} getIdentity
                 * @memberof spikewright.link.v1.ToBoard
                 * @instance
                 */
                ToBoard.prototype.getIdentity = null;

                /**
                 * ToBoard uploadBegin.
                 * @member {spikewright.link.v1.UploadBegin.$Properties|null|undefined} uploadBegin
                 * @memberof spikewright.link.v1.ToBoard
                 * @instance
                 */
                ToBoard.prototype.uploadBegin = null;

                /**
                 * ToBoard uploadChunk.
                 * @member {spikewright.link.v1.UploadChunk.$Properties|null|undefined} uploadChunk
                 * @memberof spikewright.link.v1.ToBoard
                 * @instance
                 */
                ToBoard.prototype.uploadChunk = null;

                /**
                 * ToBoard uploadCommit.
                 * @member {spikewright.link.v1.UploadCommit.$Properties|null|undefined} uploadCommit
                 * @memberof spikewright.link.v1.ToBoard
                 * @instance
                 */
                ToBoard.prototype.uploadCommit = null;

                /**
                 * ToBoard selectMonitor.
                 * @member {spikewright.link.v1.SelectMonitor.$Properties|null|undefined} selectMonitor
                 * @memberof spikewright.link.v1.ToBoard
                 * @instance
                 */
                ToBoard.prototype.selectMonitor = null;

                /**
                 * ToBoard readNeurons.
                 * @member {spikewright.link.v1.ReadNeurons.$Properties|null|undefined} readNeurons
                 * @memberof spikewright.link.v1.ToBoard
                 * @instance
                 */
                ToBoard.prototype.readNeurons = null;

                /**
                 * ToBoard writeNeurons.
                 * @member {spikewright.link.v1.WriteNeurons.$Properties|null|undefined} writeNeurons
                 * @memberof spikewright.link.v1.ToBoard
                 * @instance
                 */
                ToBoard.prototype.writeNeurons = null;

                /**
                 * ToBoard reset.
                 * @member {spikewright.link.v1.Reset.$Properties|null|undefined} reset
                 * @memberof spikewright.link.v1.ToBoard
                 * @instance
                 */
                ToBoard.prototype.reset = null;

                /**
                 * ToBoard getCounters.
                 * @member {spikewright.link.v1.GetCounters.$Properties|null|undefined} getCounters
                 * @memberof spikewright.link.v1.ToBoard
                 * @instance
                 */
                ToBoard.prototype.getCounters = null;

                /**
                 * ToBoard subscribe.
                 * @member {spikewright.link.v1.Subscribe.$Properties|null|undefined} subscribe
                 * @memberof spikewright.link.v1.ToBoard
                 * @instance
                 */
                ToBoard.prototype.subscribe = null;

                /**
                 * ToBoard beginRun.
                 * @member {spikewright.link.v1.BeginRun.$Properties|null|undefined} beginRun
                 * @memberof spikewright.link.v1.ToBoard
                 * @instance
                 */
                ToBoard.prototype.beginRun = null;

                /**
                 * ToBoard events.
                 * @member {spikewright.link.v1.EventBatch.$Properties|null|undefined} events
                 * @memberof spikewright.link.v1.ToBoard
                 * @instance
                 */
                ToBoard.prototype.events = null;

                /**
                 * ToBoard endInput.
                 * @member {spikewright.link.v1.EndInput.$Properties|null|undefined} endInput
                 * @memberof spikewright.link.v1.ToBoard
                 * @instance
                 */
                ToBoard.prototype.endInput = null;

                // OneOf field names bound to virtual getters and setters
                let $oneOfFields;

                /**
                 * ToBoard body.
                 * @member {"getIdentity"|"uploadBegin"|"uploadChunk"|"uploadCommit"|"selectMonitor"|"readNeurons"|"writeNeurons"|"reset"|"getCounters"|"subscribe"|"beginRun"|"events"|"endInput"|undefined} body
                 * @memberof spikewright.link.v1.ToBoard
                 * @instance
                 */
                $Object.defineProperty(ToBoard.prototype, "body", {
                    get: $util.oneOfGetter($oneOfFields = ["getIdentity", "uploadBegin", "uploadChunk", "uploadCommit", "selectMonitor", "readNeurons", "writeNeurons", "reset", "getCounters", "subscribe", "beginRun", "events", "endInput"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                /**
                 * Encodes the specified ToBoard message. Does not implicitly {@link spikewright.link.v1.ToBoard.verify|verify} messages.
                 * @function encode
                 * @memberof spikewright.link.v1.ToBoard
                 * @static
                 * @param {spikewright.link.v1.ToBoard.$Properties} message ToBoard message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                ToBoard.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== 0)
                        writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.id);
                    if (message.getIdentity != null && $Object.hasOwnProperty.call(message, "getIdentity"))
                        $root.spikewright.link.v1.GetIdentity.encode(message.getIdentity, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                    if (message.uploadBegin != null && $Object.hasOwnProperty.call(message, "uploadBegin"))
                        $root.spikewright.link.v1.UploadBegin.encode(message.uploadBegin, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                    if (message.uploadChunk != null && $Object.hasOwnProperty.call(message, "uploadChunk"))
                        $root.spikewright.link.v1.UploadChunk.encode(message.uploadChunk, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                    if (message.uploadCommit != null && $Object.hasOwnProperty.call(message, "uploadCommit"))
                        $root.spikewright.link.v1.UploadCommit.encode(message.uploadCommit, writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                    if (message.selectMonitor != null && $Object.hasOwnProperty.call(message, "selectMonitor"))
                        $root.spikewright.link.v1.SelectMonitor.encode(message.selectMonitor, writer.uint32(/* id 6, wireType 2 =*/50).fork(), _depth + 1).ldelim();
                    if (message.readNeurons != null && $Object.hasOwnProperty.call(message, "readNeurons"))
                        $root.spikewright.link.v1.ReadNeurons.encode(message.readNeurons, writer.uint32(/* id 7, wireType 2 =*/58).fork(), _depth + 1).ldelim();
                    if (message.writeNeurons != null && $Object.hasOwnProperty.call(message, "writeNeurons"))
                        $root.spikewright.link.v1.WriteNeurons.encode(message.writeNeurons, writer.uint32(/* id 8, wireType 2 =*/66).fork(), _depth + 1).ldelim();
                    if (message.reset != null && $Object.hasOwnProperty.call(message, "reset"))
                        $root.spikewright.link.v1.Reset.encode(message.reset, writer.uint32(/* id 9, wireType 2 =*/74).fork(), _depth + 1).ldelim();
                    if (message.getCounters != null && $Object.hasOwnProperty.call(message, "getCounters"))
                        $root.spikewright.link.v1.GetCounters.encode(message.getCounters, writer.uint32(/* id 10, wireType 2 =*/82).fork(), _depth + 1).ldelim();
                    if (message.subscribe != null && $Object.hasOwnProperty.call(message, "subscribe"))
                        $root.spikewright.link.v1.Subscribe.encode(message.subscribe, writer.uint32(/* id 11, wireType 2 =*/90).fork(), _depth + 1).ldelim();
                    if (message.beginRun != null && $Object.hasOwnProperty.call(message, "beginRun"))
                        $root.spikewright.link.v1.BeginRun.encode(message.beginRun, writer.uint32(/* id 12, wireType 2 =*/98).fork(), _depth + 1).ldelim();
                    if (message.events != null && $Object.hasOwnProperty.call(message, "events"))
                        $root.spikewright.link.v1.EventBatch.encode(message.events, writer.uint32(/* id 13, wireType 2 =*/106).fork(), _depth + 1).ldelim();
                    if (message.endInput != null && $Object.hasOwnProperty.call(message, "endInput"))
                        $root.spikewright.link.v1.EndInput.encode(message.endInput, writer.uint32(/* id 14, wireType 2 =*/114).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a ToBoard message from the specified reader or buffer.
                 * @function decode
                 * @memberof spikewright.link.v1.ToBoard
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {spikewright.link.v1.ToBoard & spikewright.link.v1.ToBoard.$Shape} ToBoard
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                ToBoard.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.spikewright.link.v1.ToBoard();
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
                                    message.id = value;
                                else
                                    delete message.id;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                message.getIdentity = $root.spikewright.link.v1.GetIdentity.decode(reader, reader.size(), $undefined, _depth + 1, message.getIdentity);
                                message.body = "getIdentity";
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                message.uploadBegin = $root.spikewright.link.v1.UploadBegin.decode(reader, reader.size(), $undefined, _depth + 1, message.uploadBegin);
                                message.body = "uploadBegin";
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                message.uploadChunk = $root.spikewright.link.v1.UploadChunk.decode(reader, reader.size(), $undefined, _depth + 1, message.uploadChunk);
                                message.body = "uploadChunk";
                                continue;
                            }
                        case 5: {
                                if (wireType !== 2)
                                    break;
                                message.uploadCommit = $root.spikewright.link.v1.UploadCommit.decode(reader, reader.size(), $undefined, _depth + 1, message.uploadCommit);
                                message.body = "uploadCommit";
                                continue;
                            }
                        case 6: {
                                if (wireType !== 2)
                                    break;
                                message.selectMonitor = $root.spikewright.link.v1.SelectMonitor.decode(reader, reader.size(), $undefined, _depth + 1, message.selectMonitor);
                                message.body = "selectMonitor";
                                continue;
                            }
                        case 7: {
                                if (wireType !== 2)
                                    break;
                                message.readNeurons = $root.spikewright.link.v1.ReadNeurons.decode(reader, reader.size(), $undefined, _depth + 1, message.readNeurons);
                                message.body = "readNeurons";
                                continue;
                            }
                        case 8: {
                                if (wireType !== 2)
                                    break;
                                message.writeNeurons = $root.spikewright.link.v1.WriteNeurons.decode(reader, reader.size(), $undefined, _depth + 1, message.writeNeurons);
                                message.body = "writeNeurons";
                                continue;
                            }
                        case 9: {
                                if (wireType !== 2)
                                    break;
                                message.reset = $root.spikewright.link.v1.Reset.decode(reader, reader.size(), $undefined, _depth + 1, message.reset);
                                message.body = "reset";
                                continue;
                            }
                        case 10: {
                                if (wireType !== 2)
                                    break;
                                message.getCounters = $root.spikewright.link.v1.GetCounters.decode(reader, reader.size(), $undefined, _depth + 1, message.getCounters);
                                message.body = "getCounters";
                                continue;
                            }
                        case 11: {
                                if (wireType !== 2)
                                    break;
                                message.subscribe = $root.spikewright.link.v1.Subscribe.decode(reader, reader.size(), $undefined, _depth + 1, message.subscribe);
                                message.body = "subscribe";
                                continue;
                            }
                        case 12: {
                                if (wireType !== 2)
                                    break;
                                message.beginRun = $root.spikewright.link.v1.BeginRun.decode(reader, reader.size(), $undefined, _depth + 1, message.beginRun);
                                message.body = "beginRun";
                                continue;
                            }
                        case 13: {
                                if (wireType !== 2)
                                    break;
                                message.events = $root.spikewright.link.v1.EventBatch.decode(reader, reader.size(), $undefined, _depth + 1, message.events);
                                message.body = "events";
                                continue;
                            }
                        case 14: {
                                if (wireType !== 2)
                                    break;
                                message.endInput = $root.spikewright.link.v1.EndInput.decode(reader, reader.size(), $undefined, _depth + 1, message.endInput);
                                message.body = "endInput";
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

                return ToBoard;
            })();

            v1.GetIdentity = (function() {

                /**
                 * Properties of a GetIdentity.
                 * @typedef {Object} spikewright.link.v1.GetIdentity.$Properties
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a GetIdentity.
                 * @memberof spikewright.link.v1
                 * @interface IGetIdentity
                 * @augments spikewright.link.v1.GetIdentity.$Properties
                 * @deprecated Use spikewright.link.v1.GetIdentity.$Properties instead.
                 */

                /**
                 * Shape of a GetIdentity.
                 * @typedef {spikewright.link.v1.GetIdentity.$Properties} spikewright.link.v1.GetIdentity.$Shape
                 */

                /**
                 * Constructs a new GetIdentity.
                 * @memberof spikewright.link.v1
                 * @classdesc Represents a GetIdentity.
                 * @constructor
                 * @param {spikewright.link.v1.GetIdentity.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const GetIdentity = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Encodes the specified GetIdentity message. Does not implicitly {@link spikewright.link.v1.GetIdentity.verify|verify} messages.
                 * @function encode
                 * @memberof spikewright.link.v1.GetIdentity
                 * @static
                 * @param {spikewright.link.v1.GetIdentity.$Properties} message GetIdentity message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                GetIdentity.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a GetIdentity message from the specified reader or buffer.
                 * @function decode
                 * @memberof spikewright.link.v1.GetIdentity
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {spikewright.link.v1.GetIdentity & spikewright.link.v1.GetIdentity.$Shape} GetIdentity
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                GetIdentity.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.spikewright.link.v1.GetIdentity();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        reader.skipType(tag & 7, _depth, tag);
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

                return GetIdentity;
            })();

            v1.UploadBegin = (function() {

                /**
                 * Properties of an UploadBegin.
                 * @typedef {Object} spikewright.link.v1.UploadBegin.$Properties
                 * @property {number|null} [bytes] UploadBegin bytes
                 * @property {number|null} [crc32] UploadBegin crc32
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of an UploadBegin.
                 * @memberof spikewright.link.v1
                 * @interface IUploadBegin
                 * @augments spikewright.link.v1.UploadBegin.$Properties
                 * @deprecated Use spikewright.link.v1.UploadBegin.$Properties instead.
                 */

                /**
                 * Shape of an UploadBegin.
                 * @typedef {spikewright.link.v1.UploadBegin.$Properties} spikewright.link.v1.UploadBegin.$Shape
                 */

                /**
                 * Constructs a new UploadBegin.
                 * @memberof spikewright.link.v1
                 * @classdesc Represents an UploadBegin.
                 * @constructor
                 * @param {spikewright.link.v1.UploadBegin.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const UploadBegin = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * UploadBegin bytes.
                 * @member {number} bytes
                 * @memberof spikewright.link.v1.UploadBegin
                 * @instance
                 */
                UploadBegin.prototype.bytes = 0;

                /**
                 * UploadBegin crc32.
                 * @member {number} crc32
                 * @memberof spikewright.link.v1.UploadBegin
                 * @instance
                 */
                UploadBegin.prototype.crc32 = 0;

                /**
                 * Encodes the specified UploadBegin message. Does not implicitly {@link spikewright.link.v1.UploadBegin.verify|verify} messages.
                 * @function encode
                 * @memberof spikewright.link.v1.UploadBegin
                 * @static
                 * @param {spikewright.link.v1.UploadBegin.$Properties} message UploadBegin message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                UploadBegin.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.bytes != null && $Object.hasOwnProperty.call(message, "bytes") && message.bytes !== 0)
                        writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.bytes);
                    if (message.crc32 != null && $Object.hasOwnProperty.call(message, "crc32") && message.crc32 !== 0)
                        writer.uint32(/* id 2, wireType 5 =*/21).fixed32(message.crc32);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes an UploadBegin message from the specified reader or buffer.
                 * @function decode
                 * @memberof spikewright.link.v1.UploadBegin
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {spikewright.link.v1.UploadBegin & spikewright.link.v1.UploadBegin.$Shape} UploadBegin
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                UploadBegin.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.spikewright.link.v1.UploadBegin();
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
                                    message.bytes = value;
                                else
                                    delete message.bytes;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 5)
                                    break;
                                if (value = reader.fixed32())
                                    message.crc32 = value;
                                else
                                    delete message.crc32;
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

                return UploadBegin;
            })();

            v1.UploadChunk = (function() {

                /**
                 * Properties of an UploadChunk.
                 * @typedef {Object} spikewright.link.v1.UploadChunk.$Properties
                 * @property {number|null} [offset] UploadChunk offset
                 * @property {Uint8Array|null} [data] UploadChunk data
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of an UploadChunk.
                 * @memberof spikewright.link.v1
                 * @interface IUploadChunk
                 * @augments spikewright.link.v1.UploadChunk.$Properties
                 * @deprecated Use spikewright.link.v1.UploadChunk.$Properties instead.
                 */

                /**
                 * Shape of an UploadChunk.
                 * @typedef {spikewright.link.v1.UploadChunk.$Properties} spikewright.link.v1.UploadChunk.$Shape
                 */

                /**
                 * Constructs a new UploadChunk.
                 * @memberof spikewright.link.v1
                 * @classdesc Represents an UploadChunk.
                 * @constructor
                 * @param {spikewright.link.v1.UploadChunk.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const UploadChunk = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * UploadChunk offset.
                 * @member {number} offset
                 * @memberof spikewright.link.v1.UploadChunk
                 * @instance
                 */
                UploadChunk.prototype.offset = 0;

                /**
                 * UploadChunk data.
                 * @member {Uint8Array} data
                 * @memberof spikewright.link.v1.UploadChunk
                 * @instance
                 */
                UploadChunk.prototype.data = $util.newBuffer([]);

                /**
                 * Encodes the specified UploadChunk message. Does not implicitly {@link spikewright.link.v1.UploadChunk.verify|verify} messages.
                 * @function encode
                 * @memberof spikewright.link.v1.UploadChunk
                 * @static
                 * @param {spikewright.link.v1.UploadChunk.$Properties} message UploadChunk message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                UploadChunk.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.offset != null && $Object.hasOwnProperty.call(message, "offset") && message.offset !== 0)
                        writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.offset);
                    if (message.data != null && $Object.hasOwnProperty.call(message, "data") && message.data.length)
                        writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.data);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes an UploadChunk message from the specified reader or buffer.
                 * @function decode
                 * @memberof spikewright.link.v1.UploadChunk
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {spikewright.link.v1.UploadChunk & spikewright.link.v1.UploadChunk.$Shape} UploadChunk
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                UploadChunk.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.spikewright.link.v1.UploadChunk();
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
                                    message.offset = value;
                                else
                                    delete message.offset;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.bytes()).length)
                                    message.data = value;
                                else
                                    delete message.data;
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

                return UploadChunk;
            })();

            v1.UploadCommit = (function() {

                /**
                 * Properties of an UploadCommit.
                 * @typedef {Object} spikewright.link.v1.UploadCommit.$Properties
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of an UploadCommit.
                 * @memberof spikewright.link.v1
                 * @interface IUploadCommit
                 * @augments spikewright.link.v1.UploadCommit.$Properties
                 * @deprecated Use spikewright.link.v1.UploadCommit.$Properties instead.
                 */

                /**
                 * Shape of an UploadCommit.
                 * @typedef {spikewright.link.v1.UploadCommit.$Properties} spikewright.link.v1.UploadCommit.$Shape
                 */

                /**
                 * Constructs a new UploadCommit.
                 * @memberof spikewright.link.v1
                 * @classdesc Represents an UploadCommit.
                 * @constructor
                 * @param {spikewright.link.v1.UploadCommit.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const UploadCommit = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Encodes the specified UploadCommit message. Does not implicitly {@link spikewright.link.v1.UploadCommit.verify|verify} messages.
                 * @function encode
                 * @memberof spikewright.link.v1.UploadCommit
                 * @static
                 * @param {spikewright.link.v1.UploadCommit.$Properties} message UploadCommit message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                UploadCommit.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes an UploadCommit message from the specified reader or buffer.
                 * @function decode
                 * @memberof spikewright.link.v1.UploadCommit
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {spikewright.link.v1.UploadCommit & spikewright.link.v1.UploadCommit.$Shape} UploadCommit
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                UploadCommit.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.spikewright.link.v1.UploadCommit();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        reader.skipType(tag & 7, _depth, tag);
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

                return UploadCommit;
            })();

            v1.SelectMonitor = (function() {

                /**
                 * Properties of a SelectMonitor.
                 * @typedef {Object} spikewright.link.v1.SelectMonitor.$Properties
                 * @property {Uint8Array|null} [cores] SelectMonitor cores
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a SelectMonitor.
                 * @memberof spikewright.link.v1
                 * @interface ISelectMonitor
                 * @augments spikewright.link.v1.SelectMonitor.$Properties
                 * @deprecated Use spikewright.link.v1.SelectMonitor.$Properties instead.
                 */

                /**
                 * Shape of a SelectMonitor.
                 * @typedef {spikewright.link.v1.SelectMonitor.$Properties} spikewright.link.v1.SelectMonitor.$Shape
                 */

                /**
                 * Constructs a new SelectMonitor.
                 * @memberof spikewright.link.v1
                 * @classdesc Represents a SelectMonitor.
                 * @constructor
                 * @param {spikewright.link.v1.SelectMonitor.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const SelectMonitor = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * SelectMonitor cores.
                 * @member {Uint8Array} cores
                 * @memberof spikewright.link.v1.SelectMonitor
                 * @instance
                 */
                SelectMonitor.prototype.cores = $util.newBuffer([]);

                /**
                 * Encodes the specified SelectMonitor message. Does not implicitly {@link spikewright.link.v1.SelectMonitor.verify|verify} messages.
                 * @function encode
                 * @memberof spikewright.link.v1.SelectMonitor
                 * @static
                 * @param {spikewright.link.v1.SelectMonitor.$Properties} message SelectMonitor message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                SelectMonitor.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.cores != null && $Object.hasOwnProperty.call(message, "cores") && message.cores.length)
                        writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.cores);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a SelectMonitor message from the specified reader or buffer.
                 * @function decode
                 * @memberof spikewright.link.v1.SelectMonitor
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {spikewright.link.v1.SelectMonitor & spikewright.link.v1.SelectMonitor.$Shape} SelectMonitor
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                SelectMonitor.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.spikewright.link.v1.SelectMonitor();
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
                                if ((value = reader.bytes()).length)
                                    message.cores = value;
                                else
                                    delete message.cores;
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

                return SelectMonitor;
            })();

            v1.ReadNeurons = (function() {

                /**
                 * Properties of a ReadNeurons.
                 * @typedef {Object} spikewright.link.v1.ReadNeurons.$Properties
                 * @property {number|null} [core] ReadNeurons core
                 * @property {number|null} [offset] ReadNeurons offset
                 * @property {number|null} [count] ReadNeurons count
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a ReadNeurons.
                 * @memberof spikewright.link.v1
                 * @interface IReadNeurons
                 * @augments spikewright.link.v1.ReadNeurons.$Properties
                 * @deprecated Use spikewright.link.v1.ReadNeurons.$Properties instead.
                 */

                /**
                 * Shape of a ReadNeurons.
                 * @typedef {spikewright.link.v1.ReadNeurons.$Properties} spikewright.link.v1.ReadNeurons.$Shape
                 */

                /**
                 * Constructs a new ReadNeurons.
                 * @memberof spikewright.link.v1
                 * @classdesc Represents a ReadNeurons.
                 * @constructor
                 * @param {spikewright.link.v1.ReadNeurons.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const ReadNeurons = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * ReadNeurons core.
                 * @member {number} core
                 * @memberof spikewright.link.v1.ReadNeurons
                 * @instance
                 */
                ReadNeurons.prototype.core = 0;

                /**
                 * ReadNeurons offset.
                 * @member {number} offset
                 * @memberof spikewright.link.v1.ReadNeurons
                 * @instance
                 */
                ReadNeurons.prototype.offset = 0;

                /**
                 * ReadNeurons count.
                 * @member {number} count
                 * @memberof spikewright.link.v1.ReadNeurons
                 * @instance
                 */
                ReadNeurons.prototype.count = 0;

                /**
                 * Encodes the specified ReadNeurons message. Does not implicitly {@link spikewright.link.v1.ReadNeurons.verify|verify} messages.
                 * @function encode
                 * @memberof spikewright.link.v1.ReadNeurons
                 * @static
                 * @param {spikewright.link.v1.ReadNeurons.$Properties} message ReadNeurons message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                ReadNeurons.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.core != null && $Object.hasOwnProperty.call(message, "core") && message.core !== 0)
                        writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.core);
                    if (message.offset != null && $Object.hasOwnProperty.call(message, "offset") && message.offset !== 0)
                        writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.offset);
                    if (message.count != null && $Object.hasOwnProperty.call(message, "count") && message.count !== 0)
                        writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.count);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a ReadNeurons message from the specified reader or buffer.
                 * @function decode
                 * @memberof spikewright.link.v1.ReadNeurons
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {spikewright.link.v1.ReadNeurons & spikewright.link.v1.ReadNeurons.$Shape} ReadNeurons
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                ReadNeurons.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.spikewright.link.v1.ReadNeurons();
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
                                    message.offset = value;
                                else
                                    delete message.offset;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.count = value;
                                else
                                    delete message.count;
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

                return ReadNeurons;
            })();

            v1.WriteNeurons = (function() {

                /**
                 * Properties of a WriteNeurons.
                 * @typedef {Object} spikewright.link.v1.WriteNeurons.$Properties
                 * @property {number|null} [core] WriteNeurons core
                 * @property {number|null} [offset] WriteNeurons offset
                 * @property {Uint8Array|null} [values] WriteNeurons values
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a WriteNeurons.
                 * @memberof spikewright.link.v1
                 * @interface IWriteNeurons
                 * @augments spikewright.link.v1.WriteNeurons.$Properties
                 * @deprecated Use spikewright.link.v1.WriteNeurons.$Properties instead.
                 */

                /**
                 * Shape of a WriteNeurons.
                 * @typedef {spikewright.link.v1.WriteNeurons.$Properties} spikewright.link.v1.WriteNeurons.$Shape
                 */

                /**
                 * Constructs a new WriteNeurons.
                 * @memberof spikewright.link.v1
                 * @classdesc Represents a WriteNeurons.
                 * @constructor
                 * @param {spikewright.link.v1.WriteNeurons.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const WriteNeurons = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * WriteNeurons core.
                 * @member {number} core
                 * @memberof spikewright.link.v1.WriteNeurons
                 * @instance
                 */
                WriteNeurons.prototype.core = 0;

                /**
                 * WriteNeurons offset.
                 * @member {number} offset
                 * @memberof spikewright.link.v1.WriteNeurons
                 * @instance
                 */
                WriteNeurons.prototype.offset = 0;

                /**
                 * WriteNeurons values.
                 * @member {Uint8Array} values
                 * @memberof spikewright.link.v1.WriteNeurons
                 * @instance
                 */
                WriteNeurons.prototype.values = $util.newBuffer([]);

                /**
                 * Encodes the specified WriteNeurons message. Does not implicitly {@link spikewright.link.v1.WriteNeurons.verify|verify} messages.
                 * @function encode
                 * @memberof spikewright.link.v1.WriteNeurons
                 * @static
                 * @param {spikewright.link.v1.WriteNeurons.$Properties} message WriteNeurons message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                WriteNeurons.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.core != null && $Object.hasOwnProperty.call(message, "core") && message.core !== 0)
                        writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.core);
                    if (message.offset != null && $Object.hasOwnProperty.call(message, "offset") && message.offset !== 0)
                        writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.offset);
                    if (message.values != null && $Object.hasOwnProperty.call(message, "values") && message.values.length)
                        writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.values);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a WriteNeurons message from the specified reader or buffer.
                 * @function decode
                 * @memberof spikewright.link.v1.WriteNeurons
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {spikewright.link.v1.WriteNeurons & spikewright.link.v1.WriteNeurons.$Shape} WriteNeurons
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                WriteNeurons.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.spikewright.link.v1.WriteNeurons();
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
                                    message.offset = value;
                                else
                                    delete message.offset;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.bytes()).length)
                                    message.values = value;
                                else
                                    delete message.values;
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

                return WriteNeurons;
            })();

            v1.Reset = (function() {

                /**
                 * Properties of a Reset.
                 * @typedef {Object} spikewright.link.v1.Reset.$Properties
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a Reset.
                 * @memberof spikewright.link.v1
                 * @interface IReset
                 * @augments spikewright.link.v1.Reset.$Properties
                 * @deprecated Use spikewright.link.v1.Reset.$Properties instead.
                 */

                /**
                 * Shape of a Reset.
                 * @typedef {spikewright.link.v1.Reset.$Properties} spikewright.link.v1.Reset.$Shape
                 */

                /**
                 * Constructs a new Reset.
                 * @memberof spikewright.link.v1
                 * @classdesc Represents a Reset.
                 * @constructor
                 * @param {spikewright.link.v1.Reset.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const Reset = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Encodes the specified Reset message. Does not implicitly {@link spikewright.link.v1.Reset.verify|verify} messages.
                 * @function encode
                 * @memberof spikewright.link.v1.Reset
                 * @static
                 * @param {spikewright.link.v1.Reset.$Properties} message Reset message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                Reset.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a Reset message from the specified reader or buffer.
                 * @function decode
                 * @memberof spikewright.link.v1.Reset
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {spikewright.link.v1.Reset & spikewright.link.v1.Reset.$Shape} Reset
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                Reset.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.spikewright.link.v1.Reset();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        reader.skipType(tag & 7, _depth, tag);
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

                return Reset;
            })();

            v1.GetCounters = (function() {

                /**
                 * Properties of a GetCounters.
                 * @typedef {Object} spikewright.link.v1.GetCounters.$Properties
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a GetCounters.
                 * @memberof spikewright.link.v1
                 * @interface IGetCounters
                 * @augments spikewright.link.v1.GetCounters.$Properties
                 * @deprecated Use spikewright.link.v1.GetCounters.$Properties instead.
                 */

                /**
                 * Shape of a GetCounters.
                 * @typedef {spikewright.link.v1.GetCounters.$Properties} spikewright.link.v1.GetCounters.$Shape
                 */

                /**
                 * Constructs a new GetCounters.
                 * @memberof spikewright.link.v1
                 * @classdesc Represents a GetCounters.
                 * @constructor
                 * @param {spikewright.link.v1.GetCounters.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const GetCounters = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Encodes the specified GetCounters message. Does not implicitly {@link spikewright.link.v1.GetCounters.verify|verify} messages.
                 * @function encode
                 * @memberof spikewright.link.v1.GetCounters
                 * @static
                 * @param {spikewright.link.v1.GetCounters.$Properties} message GetCounters message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                GetCounters.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a GetCounters message from the specified reader or buffer.
                 * @function decode
                 * @memberof spikewright.link.v1.GetCounters
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {spikewright.link.v1.GetCounters & spikewright.link.v1.GetCounters.$Shape} GetCounters
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                GetCounters.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.spikewright.link.v1.GetCounters();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        reader.skipType(tag & 7, _depth, tag);
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

                return GetCounters;
            })();

            v1.Subscribe = (function() {

                /**
                 * Properties of a Subscribe.
                 * @typedef {Object} spikewright.link.v1.Subscribe.$Properties
                 * @property {number|null} [powerIntervalUs] Subscribe powerIntervalUs
                 * @property {spikewright.link.v1.LogLevel|null} [logLevel] Subscribe logLevel
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a Subscribe.
                 * @memberof spikewright.link.v1
                 * @interface ISubscribe
                 * @augments spikewright.link.v1.Subscribe.$Properties
                 * @deprecated Use spikewright.link.v1.Subscribe.$Properties instead.
                 */

                /**
                 * Shape of a Subscribe.
                 * @typedef {spikewright.link.v1.Subscribe.$Properties} spikewright.link.v1.Subscribe.$Shape
                 */

                /**
                 * Constructs a new Subscribe.
                 * @memberof spikewright.link.v1
                 * @classdesc Represents a Subscribe.
                 * @constructor
                 * @param {spikewright.link.v1.Subscribe.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const Subscribe = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Subscribe powerIntervalUs.
                 * @member {number} powerIntervalUs
                 * @memberof spikewright.link.v1.Subscribe
                 * @instance
                 */
                Subscribe.prototype.powerIntervalUs = 0;

                /**
                 * Subscribe logLevel.
                 * @member {spikewright.link.v1.LogLevel} logLevel
                 * @memberof spikewright.link.v1.Subscribe
                 * @instance
                 */
                Subscribe.prototype.logLevel = 0;

                /**
                 * Encodes the specified Subscribe message. Does not implicitly {@link spikewright.link.v1.Subscribe.verify|verify} messages.
                 * @function encode
                 * @memberof spikewright.link.v1.Subscribe
                 * @static
                 * @param {spikewright.link.v1.Subscribe.$Properties} message Subscribe message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                Subscribe.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.powerIntervalUs != null && $Object.hasOwnProperty.call(message, "powerIntervalUs") && message.powerIntervalUs !== 0)
                        writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.powerIntervalUs);
                    if (message.logLevel != null && $Object.hasOwnProperty.call(message, "logLevel") && message.logLevel !== 0)
                        writer.uint32(/* id 2, wireType 0 =*/16).int32(message.logLevel);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a Subscribe message from the specified reader or buffer.
                 * @function decode
                 * @memberof spikewright.link.v1.Subscribe
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {spikewright.link.v1.Subscribe & spikewright.link.v1.Subscribe.$Shape} Subscribe
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                Subscribe.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.spikewright.link.v1.Subscribe();
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
                                    message.powerIntervalUs = value;
                                else
                                    delete message.powerIntervalUs;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.int32())
                                    message.logLevel = value;
                                else
                                    delete message.logLevel;
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

                return Subscribe;
            })();

            v1.BeginRun = (function() {

                /**
                 * Properties of a BeginRun.
                 * @typedef {Object} spikewright.link.v1.BeginRun.$Properties
                 * @property {number|null} [run] BeginRun run
                 * @property {number|null} [untilLow] BeginRun untilLow
                 * @property {number|null} [untilHigh] BeginRun untilHigh
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a BeginRun.
                 * @memberof spikewright.link.v1
                 * @interface IBeginRun
                 * @augments spikewright.link.v1.BeginRun.$Properties
                 * @deprecated Use spikewright.link.v1.BeginRun.$Properties instead.
                 */

                /**
                 * Shape of a BeginRun.
                 * @typedef {spikewright.link.v1.BeginRun.$Properties} spikewright.link.v1.BeginRun.$Shape
                 */

                /**
                 * Constructs a new BeginRun.
                 * @memberof spikewright.link.v1
                 * @classdesc Represents a BeginRun.
                 * @constructor
                 * @param {spikewright.link.v1.BeginRun.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const BeginRun = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * BeginRun run.
                 * @member {number} run
                 * @memberof spikewright.link.v1.BeginRun
                 * @instance
                 */
                BeginRun.prototype.run = 0;

                /**
                 * BeginRun untilLow.
                 * @member {number|null|undefined} untilLow
                 * @memberof spikewright.link.v1.BeginRun
                 * @instance
                 */
                BeginRun.prototype.untilLow = null;

                /**
                 * BeginRun untilHigh.
                 * @member {number} untilHigh
                 * @memberof spikewright.link.v1.BeginRun
                 * @instance
                 */
                BeginRun.prototype.untilHigh = 0;

                // OneOf field names bound to virtual getters and setters
                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(BeginRun.prototype, "_untilLow", {
                    get: $util.oneOfGetter($oneOfFields = ["untilLow"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                /**
                 * Encodes the specified BeginRun message. Does not implicitly {@link spikewright.link.v1.BeginRun.verify|verify} messages.
                 * @function encode
                 * @memberof spikewright.link.v1.BeginRun
                 * @static
                 * @param {spikewright.link.v1.BeginRun.$Properties} message BeginRun message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                BeginRun.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.run != null && $Object.hasOwnProperty.call(message, "run") && message.run !== 0)
                        writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.run);
                    if (message.untilLow != null && $Object.hasOwnProperty.call(message, "untilLow"))
                        writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.untilLow);
                    if (message.untilHigh != null && $Object.hasOwnProperty.call(message, "untilHigh") && message.untilHigh !== 0)
                        writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.untilHigh);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a BeginRun message from the specified reader or buffer.
                 * @function decode
                 * @memberof spikewright.link.v1.BeginRun
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {spikewright.link.v1.BeginRun & spikewright.link.v1.BeginRun.$Shape} BeginRun
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                BeginRun.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.spikewright.link.v1.BeginRun();
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
                                    message.run = value;
                                else
                                    delete message.run;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                message.untilLow = reader.uint32();
                                message._untilLow = "untilLow";
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.untilHigh = value;
                                else
                                    delete message.untilHigh;
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

                return BeginRun;
            })();

            v1.EndInput = (function() {

                /**
                 * Properties of an EndInput.
                 * @typedef {Object} spikewright.link.v1.EndInput.$Properties
                 * @property {number|null} [run] EndInput run
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of an EndInput.
                 * @memberof spikewright.link.v1
                 * @interface IEndInput
                 * @augments spikewright.link.v1.EndInput.$Properties
                 * @deprecated Use spikewright.link.v1.EndInput.$Properties instead.
                 */

                /**
                 * Shape of an EndInput.
                 * @typedef {spikewright.link.v1.EndInput.$Properties} spikewright.link.v1.EndInput.$Shape
                 */

                /**
                 * Constructs a new EndInput.
                 * @memberof spikewright.link.v1
                 * @classdesc Represents an EndInput.
                 * @constructor
                 * @param {spikewright.link.v1.EndInput.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const EndInput = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * EndInput run.
                 * @member {number} run
                 * @memberof spikewright.link.v1.EndInput
                 * @instance
                 */
                EndInput.prototype.run = 0;

                /**
                 * Encodes the specified EndInput message. Does not implicitly {@link spikewright.link.v1.EndInput.verify|verify} messages.
                 * @function encode
                 * @memberof spikewright.link.v1.EndInput
                 * @static
                 * @param {spikewright.link.v1.EndInput.$Properties} message EndInput message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                EndInput.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.run != null && $Object.hasOwnProperty.call(message, "run") && message.run !== 0)
                        writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.run);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes an EndInput message from the specified reader or buffer.
                 * @function decode
                 * @memberof spikewright.link.v1.EndInput
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {spikewright.link.v1.EndInput & spikewright.link.v1.EndInput.$Shape} EndInput
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                EndInput.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.spikewright.link.v1.EndInput();
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
                                    message.run = value;
                                else
                                    delete message.run;
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

                return EndInput;
            })();

            v1.FromBoard = (function() {

                /**
                 * Properties of a FromBoard.
                 * @typedef {Object} spikewright.link.v1.FromBoard.$Properties
                 * @property {number|null} [id] FromBoard id
                 * @property {spikewright.link.v1.Done.$Properties|null} [done] FromBoard done
                 * @property {spikewright.link.v1.Error.$Properties|null} [error] FromBoard error
                 * @property {spikewright.link.v1.Identity.$Properties|null} [identity] FromBoard identity
                 * @property {spikewright.link.v1.NeuronValues.$Properties|null} [neuronValues] FromBoard neuronValues
                 * @property {spikewright.link.v1.CoreCounters.$Properties|null} [coreCounters] FromBoard coreCounters
                 * @property {spikewright.link.v1.EventBatch.$Properties|null} [events] FromBoard events
                 * @property {spikewright.link.v1.ReadoutTicks.$Properties|null} [readoutTicks] FromBoard readoutTicks
                 * @property {spikewright.link.v1.CoreTiming.$Properties|null} [coreTiming] FromBoard coreTiming
                 * @property {spikewright.link.v1.Warning.$Properties|null} [warning] FromBoard warning
                 * @property {spikewright.link.v1.RunResult.$Properties|null} [runResult] FromBoard runResult
                 * @property {spikewright.link.v1.PowerSample.$Properties|null} [powerSample] FromBoard powerSample
                 * @property {spikewright.link.v1.LogLine.$Properties|null} [logLine] FromBoard logLine
                 * @property {"done"|"error"|"identity"|"neuronValues"|"coreCounters"|"events"|"readoutTicks"|"coreTiming"|"warning"|"runResult"|"powerSample"|"logLine"} [body] FromBoard body
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a FromBoard.
                 * @memberof spikewright.link.v1
                 * @interface IFromBoard
                 * @augments spikewright.link.v1.FromBoard.$Properties
                 * @deprecated Use spikewright.link.v1.FromBoard.$Properties instead.
                 */

                /**
                 * Narrowed shape of a FromBoard.
                 * @typedef {{
                 *   id?: number|null;
                 *   done?: spikewright.link.v1.Done.$Shape|null;
                 *   error?: spikewright.link.v1.Error.$Shape|null;
                 *   identity?: spikewright.link.v1.Identity.$Shape|null;
                 *   neuronValues?: spikewright.link.v1.NeuronValues.$Shape|null;
                 *   coreCounters?: spikewright.link.v1.CoreCounters.$Shape|null;
                 *   events?: spikewright.link.v1.EventBatch.$Shape|null;
                 *   readoutTicks?: spikewright.link.v1.ReadoutTicks.$Shape|null;
                 *   coreTiming?: spikewright.link.v1.CoreTiming.$Shape|null;
                 *   warning?: spikewright.link.v1.Warning.$Shape|null;
                 *   runResult?: spikewright.link.v1.RunResult.$Shape|null;
                 *   powerSample?: spikewright.link.v1.PowerSample.$Shape|null;
                 *   logLine?: spikewright.link.v1.LogLine.$Shape|null;
                 *   $unknowns?: Array.<Uint8Array>;
                 * } & (
                 *   ({ body?: undefined; done?: null; error?: null; identity?: null; neuronValues?: null; coreCounters?: null; events?: null; readoutTicks?: null; coreTiming?: null; warning?: null; runResult?: null; powerSample?: null; logLine?: null }|{ body?: "done"; done: spikewright.link.v1.Done.$Shape; error?: null; identity?: null; neuronValues?: null; coreCounters?: null; events?: null; readoutTicks?: null; coreTiming?: null; warning?: null; runResult?: null; powerSample?: null; logLine?: null }|{ body?: "error"; done?: null; error: spikewright.link.v1.Error.$Shape; identity?: null; neuronValues?: null; coreCounters?: null; events?: null; readoutTicks?: null; coreTiming?: null; warning?: null; runResult?: null; powerSample?: null; logLine?: null }|{ body?: "identity"; done?: null; error?: null; identity: spikewright.link.v1.Identity.$Shape; neuronValues?: null; coreCounters?: null; events?: null; readoutTicks?: null; coreTiming?: null; warning?: null; runResult?: null; powerSample?: null; logLine?: null }|{ body?: "neuronValues"; done?: null; error?: null; identity?: null; neuronValues: spikewright.link.v1.NeuronValues.$Shape; coreCounters?: null; events?: null; readoutTicks?: null; coreTiming?: null; warning?: null; runResult?: null; powerSample?: null; logLine?: null }|{ body?: "coreCounters"; done?: null; error?: null; identity?: null; neuronValues?: null; coreCounters: spikewright.link.v1.CoreCounters.$Shape; events?: null; readoutTicks?: null; coreTiming?: null; warning?: null; runResult?: null; powerSample?: null; logLine?: null }|{ body?: "events"; done?: null; error?: null; identity?: null; neuronValues?: null; coreCounters?: null; events: spikewright.link.v1.EventBatch.$Shape; readoutTicks?: null; coreTiming?: null; warning?: null; runResult?: null; powerSample?: null; logLine?: null }|{ body?: "readoutTicks"; done?: null; error?: null; identity?: null; neuronValues?: null; coreCounters?: null; events?: null; readoutTicks: spikewright.link.v1.ReadoutTicks.$Shape; coreTiming?: null; warning?: null; runResult?: null; powerSample?: null; logLine?: null }|{ body?: "coreTiming"; done?: null; error?: null; identity?: null; neuronValues?: null; coreCounters?: null; events?: null; readoutTicks?: null; coreTiming: spikewright.link.v1.CoreTiming.$Shape; warning?: null; runResult?: null; powerSample?: null; logLine?: null }|{ body?: "warning"; done?: null; error?: null; identity?: null; neuronValues?: null; coreCounters?: null; events?: null; readoutTicks?: null; coreTiming?: null; warning: spikewright.link.v1.Warning.$Shape; runResult?: null; powerSample?: null; logLine?: null }|{ body?: "runResult"; done?: null; error?: null; identity?: null; neuronValues?: null; coreCounters?: null; events?: null; readoutTicks?: null; coreTiming?: null; warning?: null; runResult: spikewright.link.v1.RunResult.$Shape; powerSample?: null; logLine?: null }|{ body?: "powerSample"; done?: null; error?: null; identity?: null; neuronValues?: null; coreCounters?: null; events?: null; readoutTicks?: null; coreTiming?: null; warning?: null; runResult?: null; powerSample: spikewright.link.v1.PowerSample.$Shape; logLine?: null }|{ body?: "logLine"; done?: null; error?: null; identity?: null; neuronValues?: null; coreCounters?: null; events?: null; readoutTicks?: null; coreTiming?: null; warning?: null; runResult?: null; powerSample?: null; logLine: spikewright.link.v1.LogLine.$Shape })
                 * )} spikewright.link.v1.FromBoard.$Shape
                 */

                /**
                 * Constructs a new FromBoard.
                 * @memberof spikewright.link.v1
                 * @classdesc Represents a FromBoard.
                 * @constructor
                 * @param {spikewright.link.v1.FromBoard.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const FromBoard = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * FromBoard id.
                 * @member {number} id
                 * @memberof spikewright.link.v1.FromBoard
                 * @instance
                 */
                FromBoard.prototype.id = 0;

                /**
                 * FromBoard done.
                 * @member {spikewright.link.v1.Done.$Properties|null|undefined} done
                 * @memberof spikewright.link.v1.FromBoard
                 * @instance
                 */
                FromBoard.prototype.done = null;

                /**
                 * FromBoard error.
                 * @member {spikewright.link.v1.Error.$Properties|null|undefined} error
                 * @memberof spikewright.link.v1.FromBoard
                 * @instance
                 */
                FromBoard.prototype.error = null;

                /**
                 * FromBoard identity.
                 * @member {spikewright.link.v1.Identity.$Properties|null|undefined} identity
                 * @memberof spikewright.link.v1.FromBoard
                 * @instance
                 */
                FromBoard.prototype.identity = null;

                /**
                 * FromBoard neuronValues.
                 * @member {spikewright.link.v1.NeuronValues.$Properties|null|undefined} neuronValues
                 * @memberof spikewright.link.v1.FromBoard
                 * @instance
                 */
                FromBoard.prototype.neuronValues = null;

                /**
                 * FromBoard coreCounters.
                 * @member {spikewright.link.v1.CoreCounters.$Properties|null|undefined} coreCounters
                 * @memberof spikewright.link.v1.FromBoard
                 * @instance
                 */
                FromBoard.prototype.coreCounters = null;

                /**
                 * FromBoard events.
                 * @member {spikewright.link.v1.EventBatch.$Properties|null|undefined} events
                 * @memberof spikewright.link.v1.FromBoard
                 * @instance
                 */
                FromBoard.prototype.events = null;

                /**
                 * FromBoard readoutTicks.
                 * @member {spikewright.link.v1.ReadoutTicks.$Properties|null|undefined} readoutTicks
                 * @memberof spikewright.link.v1.FromBoard
                 * @instance
                 */
                FromBoard.prototype.readoutTicks = null;

                /**
                 * FromBoard coreTiming.
                 * @member {spikewright.link.v1.CoreTiming.$Properties|null|undefined} coreTiming
                 * @memberof spikewright.link.v1.FromBoard
                 * @instance
                 */
                FromBoard.prototype.coreTiming = null;

                /**
                 * FromBoard warning.
                 * @member {spikewright.link.v1.Warning.$Properties|null|undefined} warning
                 * @memberof spikewright.link.v1.FromBoard
                 * @instance
                 */
                FromBoard.prototype.warning = null;

                /**
                 * FromBoard runResult.
                 * @member {spikewright.link.v1.RunResult.$Properties|null|undefined} runResult
                 * @memberof spikewright.link.v1.FromBoard
                 * @instance
                 */
                FromBoard.prototype.runResult = null;

                /**
                 * FromBoard powerSample.
                 * @member {spikewright.link.v1.PowerSample.$Properties|null|undefined} powerSample
                 * @memberof spikewright.link.v1.FromBoard
                 * @instance
                 */
                FromBoard.prototype.powerSample = null;

                /**
                 * FromBoard logLine.
                 * @member {spikewright.link.v1.LogLine.$Properties|null|undefined} logLine
                 * @memberof spikewright.link.v1.FromBoard
                 * @instance
                 */
                FromBoard.prototype.logLine = null;

                // OneOf field names bound to virtual getters and setters
                let $oneOfFields;

                /**
                 * FromBoard body.
                 * @member {"done"|"error"|"identity"|"neuronValues"|"coreCounters"|"events"|"readoutTicks"|"coreTiming"|"warning"|"runResult"|"powerSample"|"logLine"|undefined} body
                 * @memberof spikewright.link.v1.FromBoard
                 * @instance
                 */
                $Object.defineProperty(FromBoard.prototype, "body", {
                    get: $util.oneOfGetter($oneOfFields = ["done", "error", "identity", "neuronValues", "coreCounters", "events", "readoutTicks", "coreTiming", "warning", "runResult", "powerSample", "logLine"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                /**
                 * Encodes the specified FromBoard message. Does not implicitly {@link spikewright.link.v1.FromBoard.verify|verify} messages.
                 * @function encode
                 * @memberof spikewright.link.v1.FromBoard
                 * @static
                 * @param {spikewright.link.v1.FromBoard.$Properties} message FromBoard message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                FromBoard.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== 0)
                        writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.id);
                    if (message.done != null && $Object.hasOwnProperty.call(message, "done"))
                        $root.spikewright.link.v1.Done.encode(message.done, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                    if (message.error != null && $Object.hasOwnProperty.call(message, "error"))
                        $root.spikewright.link.v1.Error.encode(message.error, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                    if (message.identity != null && $Object.hasOwnProperty.call(message, "identity"))
                        $root.spikewright.link.v1.Identity.encode(message.identity, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                    if (message.neuronValues != null && $Object.hasOwnProperty.call(message, "neuronValues"))
                        $root.spikewright.link.v1.NeuronValues.encode(message.neuronValues, writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                    if (message.coreCounters != null && $Object.hasOwnProperty.call(message, "coreCounters"))
                        $root.spikewright.link.v1.CoreCounters.encode(message.coreCounters, writer.uint32(/* id 6, wireType 2 =*/50).fork(), _depth + 1).ldelim();
                    if (message.events != null && $Object.hasOwnProperty.call(message, "events"))
                        $root.spikewright.link.v1.EventBatch.encode(message.events, writer.uint32(/* id 7, wireType 2 =*/58).fork(), _depth + 1).ldelim();
                    if (message.readoutTicks != null && $Object.hasOwnProperty.call(message, "readoutTicks"))
                        $root.spikewright.link.v1.ReadoutTicks.encode(message.readoutTicks, writer.uint32(/* id 8, wireType 2 =*/66).fork(), _depth + 1).ldelim();
                    if (message.coreTiming != null && $Object.hasOwnProperty.call(message, "coreTiming"))
                        $root.spikewright.link.v1.CoreTiming.encode(message.coreTiming, writer.uint32(/* id 9, wireType 2 =*/74).fork(), _depth + 1).ldelim();
                    if (message.warning != null && $Object.hasOwnProperty.call(message, "warning"))
                        $root.spikewright.link.v1.Warning.encode(message.warning, writer.uint32(/* id 10, wireType 2 =*/82).fork(), _depth + 1).ldelim();
                    if (message.runResult != null && $Object.hasOwnProperty.call(message, "runResult"))
                        $root.spikewright.link.v1.RunResult.encode(message.runResult, writer.uint32(/* id 11, wireType 2 =*/90).fork(), _depth + 1).ldelim();
                    if (message.powerSample != null && $Object.hasOwnProperty.call(message, "powerSample"))
                        $root.spikewright.link.v1.PowerSample.encode(message.powerSample, writer.uint32(/* id 12, wireType 2 =*/98).fork(), _depth + 1).ldelim();
                    if (message.logLine != null && $Object.hasOwnProperty.call(message, "logLine"))
                        $root.spikewright.link.v1.LogLine.encode(message.logLine, writer.uint32(/* id 13, wireType 2 =*/106).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a FromBoard message from the specified reader or buffer.
                 * @function decode
                 * @memberof spikewright.link.v1.FromBoard
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {spikewright.link.v1.FromBoard & spikewright.link.v1.FromBoard.$Shape} FromBoard
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                FromBoard.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.spikewright.link.v1.FromBoard();
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
                                    message.id = value;
                                else
                                    delete message.id;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                message.done = $root.spikewright.link.v1.Done.decode(reader, reader.size(), $undefined, _depth + 1, message.done);
                                message.body = "done";
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                message.error = $root.spikewright.link.v1.Error.decode(reader, reader.size(), $undefined, _depth + 1, message.error);
                                message.body = "error";
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                message.identity = $root.spikewright.link.v1.Identity.decode(reader, reader.size(), $undefined, _depth + 1, message.identity);
                                message.body = "identity";
                                continue;
                            }
                        case 5: {
                                if (wireType !== 2)
                                    break;
                                message.neuronValues = $root.spikewright.link.v1.NeuronValues.decode(reader, reader.size(), $undefined, _depth + 1, message.neuronValues);
                                message.body = "neuronValues";
                                continue;
                            }
                        case 6: {
                                if (wireType !== 2)
                                    break;
                                message.coreCounters = $root.spikewright.link.v1.CoreCounters.decode(reader, reader.size(), $undefined, _depth + 1, message.coreCounters);
                                message.body = "coreCounters";
                                continue;
                            }
                        case 7: {
                                if (wireType !== 2)
                                    break;
                                message.events = $root.spikewright.link.v1.EventBatch.decode(reader, reader.size(), $undefined, _depth + 1, message.events);
                                message.body = "events";
                                continue;
                            }
                        case 8: {
                                if (wireType !== 2)
                                    break;
                                message.readoutTicks = $root.spikewright.link.v1.ReadoutTicks.decode(reader, reader.size(), $undefined, _depth + 1, message.readoutTicks);
                                message.body = "readoutTicks";
                                continue;
                            }
                        case 9: {
                                if (wireType !== 2)
                                    break;
                                message.coreTiming = $root.spikewright.link.v1.CoreTiming.decode(reader, reader.size(), $undefined, _depth + 1, message.coreTiming);
                                message.body = "coreTiming";
                                continue;
                            }
                        case 10: {
                                if (wireType !== 2)
                                    break;
                                message.warning = $root.spikewright.link.v1.Warning.decode(reader, reader.size(), $undefined, _depth + 1, message.warning);
                                message.body = "warning";
                                continue;
                            }
                        case 11: {
                                if (wireType !== 2)
                                    break;
                                message.runResult = $root.spikewright.link.v1.RunResult.decode(reader, reader.size(), $undefined, _depth + 1, message.runResult);
                                message.body = "runResult";
                                continue;
                            }
                        case 12: {
                                if (wireType !== 2)
                                    break;
                                message.powerSample = $root.spikewright.link.v1.PowerSample.decode(reader, reader.size(), $undefined, _depth + 1, message.powerSample);
                                message.body = "powerSample";
                                continue;
                            }
                        case 13: {
                                if (wireType !== 2)
                                    break;
                                message.logLine = $root.spikewright.link.v1.LogLine.decode(reader, reader.size(), $undefined, _depth + 1, message.logLine);
                                message.body = "logLine";
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

                return FromBoard;
            })();

            v1.Done = (function() {

                /**
                 * Properties of a Done.
                 * @typedef {Object} spikewright.link.v1.Done.$Properties
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a Done.
                 * @memberof spikewright.link.v1
                 * @interface IDone
                 * @augments spikewright.link.v1.Done.$Properties
                 * @deprecated Use spikewright.link.v1.Done.$Properties instead.
                 */

                /**
                 * Shape of a Done.
                 * @typedef {spikewright.link.v1.Done.$Properties} spikewright.link.v1.Done.$Shape
                 */

                /**
                 * Constructs a new Done.
                 * @memberof spikewright.link.v1
                 * @classdesc Represents a Done.
                 * @constructor
                 * @param {spikewright.link.v1.Done.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const Done = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Encodes the specified Done message. Does not implicitly {@link spikewright.link.v1.Done.verify|verify} messages.
                 * @function encode
                 * @memberof spikewright.link.v1.Done
                 * @static
                 * @param {spikewright.link.v1.Done.$Properties} message Done message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                Done.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a Done message from the specified reader or buffer.
                 * @function decode
                 * @memberof spikewright.link.v1.Done
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {spikewright.link.v1.Done & spikewright.link.v1.Done.$Shape} Done
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                Done.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.spikewright.link.v1.Done();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        reader.skipType(tag & 7, _depth, tag);
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

                return Done;
            })();

            v1.Error = (function() {

                /**
                 * Properties of an Error.
                 * @typedef {Object} spikewright.link.v1.Error.$Properties
                 * @property {spikewright.link.v1.ErrorCode|null} [code] Error code
                 * @property {string|null} [message] Error message
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of an Error.
                 * @memberof spikewright.link.v1
                 * @interface IError
                 * @augments spikewright.link.v1.Error.$Properties
                 * @deprecated Use spikewright.link.v1.Error.$Properties instead.
                 */

                /**
                 * Shape of an Error.
                 * @typedef {spikewright.link.v1.Error.$Properties} spikewright.link.v1.Error.$Shape
                 */

                /**
                 * Constructs a new Error.
                 * @memberof spikewright.link.v1
                 * @classdesc Represents an Error.
                 * @constructor
                 * @param {spikewright.link.v1.Error.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const Error = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Error code.
                 * @member {spikewright.link.v1.ErrorCode} code
                 * @memberof spikewright.link.v1.Error
                 * @instance
                 */
                Error.prototype.code = 0;

                /**
                 * Error message.
                 * @member {string} message
                 * @memberof spikewright.link.v1.Error
                 * @instance
                 */
                Error.prototype.message = "";

                /**
                 * Encodes the specified Error message. Does not implicitly {@link spikewright.link.v1.Error.verify|verify} messages.
                 * @function encode
                 * @memberof spikewright.link.v1.Error
                 * @static
                 * @param {spikewright.link.v1.Error.$Properties} message Error message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                Error.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.code != null && $Object.hasOwnProperty.call(message, "code") && message.code !== 0)
                        writer.uint32(/* id 1, wireType 0 =*/8).int32(message.code);
                    if (message.message != null && $Object.hasOwnProperty.call(message, "message") && message.message !== "")
                        writer.uint32(/* id 2, wireType 2 =*/18).string(message.message);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes an Error message from the specified reader or buffer.
                 * @function decode
                 * @memberof spikewright.link.v1.Error
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {spikewright.link.v1.Error & spikewright.link.v1.Error.$Shape} Error
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                Error.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.spikewright.link.v1.Error();
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
                                    message.code = value;
                                else
                                    delete message.code;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.message = value;
                                else
                                    delete message.message;
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

                return Error;
            })();

            /**
             * ErrorCode enum.
             * @name spikewright.link.v1.ErrorCode
             * @enum {number}
             * @property {number} ERROR_CODE_UNSPECIFIED=0 ERROR_CODE_UNSPECIFIED value
             * @property {number} ERROR_CODE_BAD_REQUEST=1 ERROR_CODE_BAD_REQUEST value
             * @property {number} ERROR_CODE_UNSUPPORTED=2 ERROR_CODE_UNSUPPORTED value
             * @property {number} ERROR_CODE_BUSY=3 ERROR_CODE_BUSY value
             * @property {number} ERROR_CODE_NOT_CONFIGURED=4 ERROR_CODE_NOT_CONFIGURED value
             * @property {number} ERROR_CODE_DAMAGED=5 ERROR_CODE_DAMAGED value
             * @property {number} ERROR_CODE_VERSION=6 ERROR_CODE_VERSION value
             * @property {number} ERROR_CODE_DEVICE_MISMATCH=7 ERROR_CODE_DEVICE_MISMATCH value
             * @property {number} ERROR_CODE_CONFIG=8 ERROR_CODE_CONFIG value
             * @property {number} ERROR_CODE_TOO_LARGE=9 ERROR_CODE_TOO_LARGE value
             * @property {number} ERROR_CODE_INPUT=10 ERROR_CODE_INPUT value
             * @property {number} ERROR_CODE_CHIP_EFFECT=11 ERROR_CODE_CHIP_EFFECT value
             * @property {number} ERROR_CODE_INTERNAL=12 ERROR_CODE_INTERNAL value
             */
            v1.ErrorCode = (function() {
                const valuesById = $Object.create(null), values = $Object.create(valuesById);
                values[valuesById[0] = "ERROR_CODE_UNSPECIFIED"] = 0;
                values[valuesById[1] = "ERROR_CODE_BAD_REQUEST"] = 1;
                values[valuesById[2] = "ERROR_CODE_UNSUPPORTED"] = 2;
                values[valuesById[3] = "ERROR_CODE_BUSY"] = 3;
                values[valuesById[4] = "ERROR_CODE_NOT_CONFIGURED"] = 4;
                values[valuesById[5] = "ERROR_CODE_DAMAGED"] = 5;
                values[valuesById[6] = "ERROR_CODE_VERSION"] = 6;
                values[valuesById[7] = "ERROR_CODE_DEVICE_MISMATCH"] = 7;
                values[valuesById[8] = "ERROR_CODE_CONFIG"] = 8;
                values[valuesById[9] = "ERROR_CODE_TOO_LARGE"] = 9;
                values[valuesById[10] = "ERROR_CODE_INPUT"] = 10;
                values[valuesById[11] = "ERROR_CODE_CHIP_EFFECT"] = 11;
                values[valuesById[12] = "ERROR_CODE_INTERNAL"] = 12;
                return values;
            })();

            v1.Identity = (function() {

                /**
                 * Properties of an Identity.
                 * @typedef {Object} spikewright.link.v1.Identity.$Properties
                 * @property {string|null} [firmware] Identity firmware
                 * @property {string|null} [firmwareVersion] Identity firmwareVersion
                 * @property {string|null} [deviceName] Identity deviceName
                 * @property {string|null} [deviceHash] Identity deviceHash
                 * @property {string|null} [serial] Identity serial
                 * @property {number|null} [maxConfigBytes] Identity maxConfigBytes
                 * @property {Array.<string>|null} [rails] Identity rails
                 * @property {number|null} [configCrc32] Identity configCrc32
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of an Identity.
                 * @memberof spikewright.link.v1
                 * @interface IIdentity
                 * @augments spikewright.link.v1.Identity.$Properties
                 * @deprecated Use spikewright.link.v1.Identity.$Properties instead.
                 */

                /**
                 * Shape of an Identity.
                 * @typedef {spikewright.link.v1.Identity.$Properties} spikewright.link.v1.Identity.$Shape
                 */

                /**
                 * Constructs a new Identity.
                 * @memberof spikewright.link.v1
                 * @classdesc Represents an Identity.
                 * @constructor
                 * @param {spikewright.link.v1.Identity.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const Identity = function (properties) {
                    this.rails = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Identity firmware.
                 * @member {string} firmware
                 * @memberof spikewright.link.v1.Identity
                 * @instance
                 */
                Identity.prototype.firmware = "";

                /**
                 * Identity firmwareVersion.
                 * @member {string} firmwareVersion
                 * @memberof spikewright.link.v1.Identity
                 * @instance
                 */
                Identity.prototype.firmwareVersion = "";

                /**
                 * Identity deviceName.
                 * @member {string} deviceName
                 * @memberof spikewright.link.v1.Identity
                 * @instance
                 */
                Identity.prototype.deviceName = "";

                /**
                 * Identity deviceHash.
                 * @member {string} deviceHash
                 * @memberof spikewright.link.v1.Identity
                 * @instance
                 */
                Identity.prototype.deviceHash = "";

                /**
                 * Identity serial.
                 * @member {string} serial
                 * @memberof spikewright.link.v1.Identity
                 * @instance
                 */
                Identity.prototype.serial = "";

                /**
                 * Identity maxConfigBytes.
                 * @member {number} maxConfigBytes
                 * @memberof spikewright.link.v1.Identity
                 * @instance
                 */
                Identity.prototype.maxConfigBytes = 0;

                /**
                 * Identity rails.
                 * @member {Array.<string>} rails
                 * @memberof spikewright.link.v1.Identity
                 * @instance
                 */
                Identity.prototype.rails = $util.emptyArray;

                /**
                 * Identity configCrc32.
                 * @member {number|null|undefined} configCrc32
                 * @memberof spikewright.link.v1.Identity
                 * @instance
                 */
                Identity.prototype.configCrc32 = null;

                // OneOf field names bound to virtual getters and setters
                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(Identity.prototype, "_configCrc32", {
                    get: $util.oneOfGetter($oneOfFields = ["configCrc32"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                /**
                 * Encodes the specified Identity message. Does not implicitly {@link spikewright.link.v1.Identity.verify|verify} messages.
                 * @function encode
                 * @memberof spikewright.link.v1.Identity
                 * @static
                 * @param {spikewright.link.v1.Identity.$Properties} message Identity message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                Identity.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.firmware != null && $Object.hasOwnProperty.call(message, "firmware") && message.firmware !== "")
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.firmware);
                    if (message.firmwareVersion != null && $Object.hasOwnProperty.call(message, "firmwareVersion") && message.firmwareVersion !== "")
                        writer.uint32(/* id 2, wireType 2 =*/18).string(message.firmwareVersion);
                    if (message.deviceName != null && $Object.hasOwnProperty.call(message, "deviceName") && message.deviceName !== "")
                        writer.uint32(/* id 3, wireType 2 =*/26).string(message.deviceName);
                    if (message.deviceHash != null && $Object.hasOwnProperty.call(message, "deviceHash") && message.deviceHash !== "")
                        writer.uint32(/* id 4, wireType 2 =*/34).string(message.deviceHash);
                    if (message.serial != null && $Object.hasOwnProperty.call(message, "serial") && message.serial !== "")
                        writer.uint32(/* id 5, wireType 2 =*/42).string(message.serial);
                    if (message.maxConfigBytes != null && $Object.hasOwnProperty.call(message, "maxConfigBytes") && message.maxConfigBytes !== 0)
                        writer.uint32(/* id 6, wireType 0 =*/48).uint32(message.maxConfigBytes);
                    if (message.rails != null && message.rails.length)
                        for (let i = 0; i < message.rails.length; ++i)
                            writer.uint32(/* id 7, wireType 2 =*/58).string(message.rails[i]);
                    if (message.configCrc32 != null && $Object.hasOwnProperty.call(message, "configCrc32"))
                        writer.uint32(/* id 8, wireType 5 =*/69).fixed32(message.configCrc32);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes an Identity message from the specified reader or buffer.
                 * @function decode
                 * @memberof spikewright.link.v1.Identity
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {spikewright.link.v1.Identity & spikewright.link.v1.Identity.$Shape} Identity
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                Identity.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.spikewright.link.v1.Identity();
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
                                    message.firmware = value;
                                else
                                    delete message.firmware;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.firmwareVersion = value;
                                else
                                    delete message.firmwareVersion;
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
                                if ((value = reader.stringVerify()).length)
                                    message.serial = value;
                                else
                                    delete message.serial;
                                continue;
                            }
                        case 6: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.maxConfigBytes = value;
                                else
                                    delete message.maxConfigBytes;
                                continue;
                            }
                        case 7: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.rails && message.rails.length))
                                    message.rails = [];
                                message.rails.push(reader.stringVerify());
                                continue;
                            }
                        case 8: {
                                if (wireType !== 5)
                                    break;
                                message.configCrc32 = reader.fixed32();
                                message._configCrc32 = "configCrc32";
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

                return Identity;
            })();

            v1.NeuronValues = (function() {

                /**
                 * Properties of a NeuronValues.
                 * @typedef {Object} spikewright.link.v1.NeuronValues.$Properties
                 * @property {number|null} [core] NeuronValues core
                 * @property {number|null} [offset] NeuronValues offset
                 * @property {Uint8Array|null} [values] NeuronValues values
                 * @property {number|null} [features] NeuronValues features
                 * @property {number|null} [height] NeuronValues height
                 * @property {number|null} [width] NeuronValues width
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a NeuronValues.
                 * @memberof spikewright.link.v1
                 * @interface INeuronValues
                 * @augments spikewright.link.v1.NeuronValues.$Properties
                 * @deprecated Use spikewright.link.v1.NeuronValues.$Properties instead.
                 */

                /**
                 * Shape of a NeuronValues.
                 * @typedef {spikewright.link.v1.NeuronValues.$Properties} spikewright.link.v1.NeuronValues.$Shape
                 */

                /**
                 * Constructs a new NeuronValues.
                 * @memberof spikewright.link.v1
                 * @classdesc Represents a NeuronValues.
                 * @constructor
                 * @param {spikewright.link.v1.NeuronValues.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const NeuronValues = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * NeuronValues core.
                 * @member {number} core
                 * @memberof spikewright.link.v1.NeuronValues
                 * @instance
                 */
                NeuronValues.prototype.core = 0;

                /**
                 * NeuronValues offset.
                 * @member {number} offset
                 * @memberof spikewright.link.v1.NeuronValues
                 * @instance
                 */
                NeuronValues.prototype.offset = 0;

                /**
                 * NeuronValues values.
                 * @member {Uint8Array} values
                 * @memberof spikewright.link.v1.NeuronValues
                 * @instance
                 */
                NeuronValues.prototype.values = $util.newBuffer([]);

                /**
                 * NeuronValues features.
                 * @member {number} features
                 * @memberof spikewright.link.v1.NeuronValues
                 * @instance
                 */
                NeuronValues.prototype.features = 0;

                /**
                 * NeuronValues height.
                 * @member {number} height
                 * @memberof spikewright.link.v1.NeuronValues
                 * @instance
                 */
                NeuronValues.prototype.height = 0;

                /**
                 * NeuronValues width.
                 * @member {number} width
                 * @memberof spikewright.link.v1.NeuronValues
                 * @instance
                 */
                NeuronValues.prototype.width = 0;

                /**
                 * Encodes the specified NeuronValues message. Does not implicitly {@link spikewright.link.v1.NeuronValues.verify|verify} messages.
                 * @function encode
                 * @memberof spikewright.link.v1.NeuronValues
                 * @static
                 * @param {spikewright.link.v1.NeuronValues.$Properties} message NeuronValues message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                NeuronValues.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.core != null && $Object.hasOwnProperty.call(message, "core") && message.core !== 0)
                        writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.core);
                    if (message.offset != null && $Object.hasOwnProperty.call(message, "offset") && message.offset !== 0)
                        writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.offset);
                    if (message.values != null && $Object.hasOwnProperty.call(message, "values") && message.values.length)
                        writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.values);
                    if (message.features != null && $Object.hasOwnProperty.call(message, "features") && message.features !== 0)
                        writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.features);
                    if (message.height != null && $Object.hasOwnProperty.call(message, "height") && message.height !== 0)
                        writer.uint32(/* id 5, wireType 0 =*/40).uint32(message.height);
                    if (message.width != null && $Object.hasOwnProperty.call(message, "width") && message.width !== 0)
                        writer.uint32(/* id 6, wireType 0 =*/48).uint32(message.width);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a NeuronValues message from the specified reader or buffer.
                 * @function decode
                 * @memberof spikewright.link.v1.NeuronValues
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {spikewright.link.v1.NeuronValues & spikewright.link.v1.NeuronValues.$Shape} NeuronValues
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                NeuronValues.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.spikewright.link.v1.NeuronValues();
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
                                    message.offset = value;
                                else
                                    delete message.offset;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.bytes()).length)
                                    message.values = value;
                                else
                                    delete message.values;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.features = value;
                                else
                                    delete message.features;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.height = value;
                                else
                                    delete message.height;
                                continue;
                            }
                        case 6: {
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

                return NeuronValues;
            })();

            v1.CoreCounters = (function() {

                /**
                 * Properties of a CoreCounters.
                 * @typedef {Object} spikewright.link.v1.CoreCounters.$Properties
                 * @property {number|null} [core] CoreCounters core
                 * @property {Array.<number>|null} [low] CoreCounters low
                 * @property {Array.<number>|null} [high] CoreCounters high
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a CoreCounters.
                 * @memberof spikewright.link.v1
                 * @interface ICoreCounters
                 * @augments spikewright.link.v1.CoreCounters.$Properties
                 * @deprecated Use spikewright.link.v1.CoreCounters.$Properties instead.
                 */

                /**
                 * Shape of a CoreCounters.
                 * @typedef {spikewright.link.v1.CoreCounters.$Properties} spikewright.link.v1.CoreCounters.$Shape
                 */

                /**
                 * Constructs a new CoreCounters.
                 * @memberof spikewright.link.v1
                 * @classdesc Represents a CoreCounters.
                 * @constructor
                 * @param {spikewright.link.v1.CoreCounters.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const CoreCounters = function (properties) {
                    this.low = [];
                    this.high = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * CoreCounters core.
                 * @member {number} core
                 * @memberof spikewright.link.v1.CoreCounters
                 * @instance
                 */
                CoreCounters.prototype.core = 0;

                /**
                 * CoreCounters low.
                 * @member {Array.<number>} low
                 * @memberof spikewright.link.v1.CoreCounters
                 * @instance
                 */
                CoreCounters.prototype.low = $util.emptyArray;

                /**
                 * CoreCounters high.
                 * @member {Array.<number>} high
                 * @memberof spikewright.link.v1.CoreCounters
                 * @instance
                 */
                CoreCounters.prototype.high = $util.emptyArray;

                /**
                 * Encodes the specified CoreCounters message. Does not implicitly {@link spikewright.link.v1.CoreCounters.verify|verify} messages.
                 * @function encode
                 * @memberof spikewright.link.v1.CoreCounters
                 * @static
                 * @param {spikewright.link.v1.CoreCounters.$Properties} message CoreCounters message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                CoreCounters.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.core != null && $Object.hasOwnProperty.call(message, "core") && message.core !== 0)
                        writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.core);
                    if (message.low != null && message.low.length)
                        writer.uint32(/* id 2, wireType 2 =*/18).uint32s(message.low);
                    if (message.high != null && message.high.length)
                        writer.uint32(/* id 3, wireType 2 =*/26).uint32s(message.high);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a CoreCounters message from the specified reader or buffer.
                 * @function decode
                 * @memberof spikewright.link.v1.CoreCounters
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {spikewright.link.v1.CoreCounters & spikewright.link.v1.CoreCounters.$Shape} CoreCounters
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                CoreCounters.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.spikewright.link.v1.CoreCounters();
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
                                if (wireType === 2) {
                                    if (!(message.low && message.low.length))
                                        message.low = [];
                                    reader.uint32s(message.low);
                                    continue;
                                }
                                if (wireType !== 0)
                                    break;
                                if (!(message.low && message.low.length))
                                    message.low = [];
                                message.low.push(reader.uint32());
                                continue;
                            }
                        case 3: {
                                if (wireType === 2) {
                                    if (!(message.high && message.high.length))
                                        message.high = [];
                                    reader.uint32s(message.high);
                                    continue;
                                }
                                if (wireType !== 0)
                                    break;
                                if (!(message.high && message.high.length))
                                    message.high = [];
                                message.high.push(reader.uint32());
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

                return CoreCounters;
            })();

            v1.ReadoutTicks = (function() {

                /**
                 * Properties of a ReadoutTicks.
                 * @typedef {Object} spikewright.link.v1.ReadoutTicks.$Properties
                 * @property {number|null} [run] ReadoutTicks run
                 * @property {Array.<spikewright.link.v1.ReadoutTick.$Properties>|null} [ticks] ReadoutTicks ticks
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a ReadoutTicks.
                 * @memberof spikewright.link.v1
                 * @interface IReadoutTicks
                 * @augments spikewright.link.v1.ReadoutTicks.$Properties
                 * @deprecated Use spikewright.link.v1.ReadoutTicks.$Properties instead.
                 */

                /**
                 * Shape of a ReadoutTicks.
                 * @typedef {spikewright.link.v1.ReadoutTicks.$Properties} spikewright.link.v1.ReadoutTicks.$Shape
                 */

                /**
                 * Constructs a new ReadoutTicks.
                 * @memberof spikewright.link.v1
                 * @classdesc Represents a ReadoutTicks.
                 * @constructor
                 * @param {spikewright.link.v1.ReadoutTicks.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const ReadoutTicks = function (properties) {
                    this.ticks = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * ReadoutTicks run.
                 * @member {number} run
                 * @memberof spikewright.link.v1.ReadoutTicks
                 * @instance
                 */
                ReadoutTicks.prototype.run = 0;

                /**
                 * ReadoutTicks ticks.
                 * @member {Array.<spikewright.link.v1.ReadoutTick.$Properties>} ticks
                 * @memberof spikewright.link.v1.ReadoutTicks
                 * @instance
                 */
                ReadoutTicks.prototype.ticks = $util.emptyArray;

                /**
                 * Encodes the specified ReadoutTicks message. Does not implicitly {@link spikewright.link.v1.ReadoutTicks.verify|verify} messages.
                 * @function encode
                 * @memberof spikewright.link.v1.ReadoutTicks
                 * @static
                 * @param {spikewright.link.v1.ReadoutTicks.$Properties} message ReadoutTicks message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                ReadoutTicks.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.run != null && $Object.hasOwnProperty.call(message, "run") && message.run !== 0)
                        writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.run);
                    if (message.ticks != null && message.ticks.length)
                        for (let i = 0; i < message.ticks.length; ++i)
                            $root.spikewright.link.v1.ReadoutTick.encode(message.ticks[i], writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a ReadoutTicks message from the specified reader or buffer.
                 * @function decode
                 * @memberof spikewright.link.v1.ReadoutTicks
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {spikewright.link.v1.ReadoutTicks & spikewright.link.v1.ReadoutTicks.$Shape} ReadoutTicks
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                ReadoutTicks.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.spikewright.link.v1.ReadoutTicks();
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
                                    message.run = value;
                                else
                                    delete message.run;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.ticks && message.ticks.length))
                                    message.ticks = [];
                                message.ticks.push($root.spikewright.link.v1.ReadoutTick.decode(reader, reader.size(), $undefined, _depth + 1));
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

                return ReadoutTicks;
            })();

            v1.ReadoutTick = (function() {

                /**
                 * Properties of a ReadoutTick.
                 * @typedef {Object} spikewright.link.v1.ReadoutTick.$Properties
                 * @property {number|null} [timeLow] ReadoutTick timeLow
                 * @property {number|null} [timeHigh] ReadoutTick timeHigh
                 * @property {number|null} [classIndex] ReadoutTick classIndex
                 * @property {number|null} [average] ReadoutTick average
                 * @property {number|null} [value] ReadoutTick value
                 * @property {boolean|null} [interrupt] ReadoutTick interrupt
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a ReadoutTick.
                 * @memberof spikewright.link.v1
                 * @interface IReadoutTick
                 * @augments spikewright.link.v1.ReadoutTick.$Properties
                 * @deprecated Use spikewright.link.v1.ReadoutTick.$Properties instead.
                 */

                /**
                 * Shape of a ReadoutTick.
                 * @typedef {spikewright.link.v1.ReadoutTick.$Properties} spikewright.link.v1.ReadoutTick.$Shape
                 */

                /**
                 * Constructs a new ReadoutTick.
                 * @memberof spikewright.link.v1
                 * @classdesc Represents a ReadoutTick.
                 * @constructor
                 * @param {spikewright.link.v1.ReadoutTick.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const ReadoutTick = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * ReadoutTick timeLow.
                 * @member {number} timeLow
                 * @memberof spikewright.link.v1.ReadoutTick
                 * @instance
                 */
                ReadoutTick.prototype.timeLow = 0;

                /**
                 * ReadoutTick timeHigh.
                 * @member {number} timeHigh
                 * @memberof spikewright.link.v1.ReadoutTick
                 * @instance
                 */
                ReadoutTick.prototype.timeHigh = 0;

                /**
                 * ReadoutTick classIndex.
                 * @member {number} classIndex
                 * @memberof spikewright.link.v1.ReadoutTick
                 * @instance
                 */
                ReadoutTick.prototype.classIndex = 0;

                /**
                 * ReadoutTick average.
                 * @member {number} average
                 * @memberof spikewright.link.v1.ReadoutTick
                 * @instance
                 */
                ReadoutTick.prototype.average = 0;

                /**
                 * ReadoutTick value.
                 * @member {number} value
                 * @memberof spikewright.link.v1.ReadoutTick
                 * @instance
                 */
                ReadoutTick.prototype.value = 0;

                /**
                 * ReadoutTick interrupt.
                 * @member {boolean} interrupt
                 * @memberof spikewright.link.v1.ReadoutTick
                 * @instance
                 */
                ReadoutTick.prototype.interrupt = false;

                /**
                 * Encodes the specified ReadoutTick message. Does not implicitly {@link spikewright.link.v1.ReadoutTick.verify|verify} messages.
                 * @function encode
                 * @memberof spikewright.link.v1.ReadoutTick
                 * @static
                 * @param {spikewright.link.v1.ReadoutTick.$Properties} message ReadoutTick message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                ReadoutTick.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.timeLow != null && $Object.hasOwnProperty.call(message, "timeLow") && message.timeLow !== 0)
                        writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.timeLow);
                    if (message.timeHigh != null && $Object.hasOwnProperty.call(message, "timeHigh") && message.timeHigh !== 0)
                        writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.timeHigh);
                    if (message.classIndex != null && $Object.hasOwnProperty.call(message, "classIndex") && message.classIndex !== 0)
                        writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.classIndex);
                    if (message.average != null && $Object.hasOwnProperty.call(message, "average") && message.average !== 0)
                        writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.average);
                    if (message.value != null && $Object.hasOwnProperty.call(message, "value") && message.value !== 0)
                        writer.uint32(/* id 5, wireType 0 =*/40).uint32(message.value);
                    if (message.interrupt != null && $Object.hasOwnProperty.call(message, "interrupt") && message.interrupt !== false)
                        writer.uint32(/* id 6, wireType 0 =*/48).bool(message.interrupt);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a ReadoutTick message from the specified reader or buffer.
                 * @function decode
                 * @memberof spikewright.link.v1.ReadoutTick
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {spikewright.link.v1.ReadoutTick & spikewright.link.v1.ReadoutTick.$Shape} ReadoutTick
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                ReadoutTick.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.spikewright.link.v1.ReadoutTick();
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
                                    message.timeLow = value;
                                else
                                    delete message.timeLow;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.timeHigh = value;
                                else
                                    delete message.timeHigh;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.classIndex = value;
                                else
                                    delete message.classIndex;
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
                                    message.value = value;
                                else
                                    delete message.value;
                                continue;
                            }
                        case 6: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.interrupt = value;
                                else
                                    delete message.interrupt;
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

                return ReadoutTick;
            })();

            v1.CoreTiming = (function() {

                /**
                 * Properties of a CoreTiming.
                 * @typedef {Object} spikewright.link.v1.CoreTiming.$Properties
                 * @property {number|null} [core] CoreTiming core
                 * @property {number|null} [busyUs] CoreTiming busyUs
                 * @property {number|null} [stallUs] CoreTiming stallUs
                 * @property {number|null} [utilisation] CoreTiming utilisation
                 * @property {number|null} [maxQueue] CoreTiming maxQueue
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a CoreTiming.
                 * @memberof spikewright.link.v1
                 * @interface ICoreTiming
                 * @augments spikewright.link.v1.CoreTiming.$Properties
                 * @deprecated Use spikewright.link.v1.CoreTiming.$Properties instead.
                 */

                /**
                 * Shape of a CoreTiming.
                 * @typedef {spikewright.link.v1.CoreTiming.$Properties} spikewright.link.v1.CoreTiming.$Shape
                 */

                /**
                 * Constructs a new CoreTiming.
                 * @memberof spikewright.link.v1
                 * @classdesc Represents a CoreTiming.
                 * @constructor
                 * @param {spikewright.link.v1.CoreTiming.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const CoreTiming = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * CoreTiming core.
                 * @member {number} core
                 * @memberof spikewright.link.v1.CoreTiming
                 * @instance
                 */
                CoreTiming.prototype.core = 0;

                /**
                 * CoreTiming busyUs.
                 * @member {number} busyUs
                 * @memberof spikewright.link.v1.CoreTiming
                 * @instance
                 */
                CoreTiming.prototype.busyUs = 0;

                /**
                 * CoreTiming stallUs.
                 * @member {number} stallUs
                 * @memberof spikewright.link.v1.CoreTiming
                 * @instance
                 */
                CoreTiming.prototype.stallUs = 0;

                /**
                 * CoreTiming utilisation.
                 * @member {number} utilisation
                 * @memberof spikewright.link.v1.CoreTiming
                 * @instance
                 */
                CoreTiming.prototype.utilisation = 0;

                /**
                 * CoreTiming maxQueue.
                 * @member {number} maxQueue
                 * @memberof spikewright.link.v1.CoreTiming
                 * @instance
                 */
                CoreTiming.prototype.maxQueue = 0;

                /**
                 * Encodes the specified CoreTiming message. Does not implicitly {@link spikewright.link.v1.CoreTiming.verify|verify} messages.
                 * @function encode
                 * @memberof spikewright.link.v1.CoreTiming
                 * @static
                 * @param {spikewright.link.v1.CoreTiming.$Properties} message CoreTiming message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                CoreTiming.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.core != null && $Object.hasOwnProperty.call(message, "core") && message.core !== 0)
                        writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.core);
                    if (message.busyUs != null && $Object.hasOwnProperty.call(message, "busyUs") && !$Object.is(message.busyUs, 0))
                        writer.uint32(/* id 2, wireType 1 =*/17).double(message.busyUs);
                    if (message.stallUs != null && $Object.hasOwnProperty.call(message, "stallUs") && !$Object.is(message.stallUs, 0))
                        writer.uint32(/* id 3, wireType 1 =*/25).double(message.stallUs);
                    if (message.utilisation != null && $Object.hasOwnProperty.call(message, "utilisation") && !$Object.is(message.utilisation, 0))
                        writer.uint32(/* id 4, wireType 1 =*/33).double(message.utilisation);
                    if (message.maxQueue != null && $Object.hasOwnProperty.call(message, "maxQueue") && message.maxQueue !== 0)
                        writer.uint32(/* id 5, wireType 0 =*/40).uint32(message.maxQueue);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a CoreTiming message from the specified reader or buffer.
                 * @function decode
                 * @memberof spikewright.link.v1.CoreTiming
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {spikewright.link.v1.CoreTiming & spikewright.link.v1.CoreTiming.$Shape} CoreTiming
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                CoreTiming.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.spikewright.link.v1.CoreTiming();
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
                                if (wireType !== 1)
                                    break;
                                if (!$Object.is(value = reader.double(), 0))
                                    message.busyUs = value;
                                else
                                    delete message.busyUs;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 1)
                                    break;
                                if (!$Object.is(value = reader.double(), 0))
                                    message.stallUs = value;
                                else
                                    delete message.stallUs;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 1)
                                    break;
                                if (!$Object.is(value = reader.double(), 0))
                                    message.utilisation = value;
                                else
                                    delete message.utilisation;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.maxQueue = value;
                                else
                                    delete message.maxQueue;
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

                return CoreTiming;
            })();

            /**
             * WarningKind enum.
             * @name spikewright.link.v1.WarningKind
             * @enum {number}
             * @property {number} WARNING_KIND_UNSPECIFIED=0 WARNING_KIND_UNSPECIFIED value
             * @property {number} WARNING_KIND_SATURATED=1 WARNING_KIND_SATURATED value
             * @property {number} WARNING_KIND_CLAMPED=2 WARNING_KIND_CLAMPED value
             * @property {number} WARNING_KIND_RESIDUES=3 WARNING_KIND_RESIDUES value
             * @property {number} WARNING_KIND_POOL_DROPPED=4 WARNING_KIND_POOL_DROPPED value
             * @property {number} WARNING_KIND_BALANCER_DROPPED=5 WARNING_KIND_BALANCER_DROPPED value
             * @property {number} WARNING_KIND_INPUT_DROPPED=6 WARNING_KIND_INPUT_DROPPED value
             * @property {number} WARNING_KIND_READOUT_DROPPED=7 WARNING_KIND_READOUT_DROPPED value
             * @property {number} WARNING_KIND_SLOW_CLOCK=8 WARNING_KIND_SLOW_CLOCK value
             * @property {number} WARNING_KIND_OVERLOAD=9 WARNING_KIND_OVERLOAD value
             * @property {number} WARNING_KIND_NOT_MODELLED=10 WARNING_KIND_NOT_MODELLED value
             */
            v1.WarningKind = (function() {
                const valuesById = $Object.create(null), values = $Object.create(valuesById);
                values[valuesById[0] = "WARNING_KIND_UNSPECIFIED"] = 0;
                values[valuesById[1] = "WARNING_KIND_SATURATED"] = 1;
                values[valuesById[2] = "WARNING_KIND_CLAMPED"] = 2;
                values[valuesById[3] = "WARNING_KIND_RESIDUES"] = 3;
                values[valuesById[4] = "WARNING_KIND_POOL_DROPPED"] = 4;
                values[valuesById[5] = "WARNING_KIND_BALANCER_DROPPED"] = 5;
                values[valuesById[6] = "WARNING_KIND_INPUT_DROPPED"] = 6;
                values[valuesById[7] = "WARNING_KIND_READOUT_DROPPED"] = 7;
                values[valuesById[8] = "WARNING_KIND_SLOW_CLOCK"] = 8;
                values[valuesById[9] = "WARNING_KIND_OVERLOAD"] = 9;
                values[valuesById[10] = "WARNING_KIND_NOT_MODELLED"] = 10;
                return values;
            })();

            v1.Warning = (function() {

                /**
                 * Properties of a Warning.
                 * @typedef {Object} spikewright.link.v1.Warning.$Properties
                 * @property {spikewright.link.v1.WarningKind|null} [kind] Warning kind
                 * @property {number|null} [core] Warning core
                 * @property {number|null} [countLow] Warning countLow
                 * @property {number|null} [countHigh] Warning countHigh
                 * @property {string|null} [message] Warning message
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a Warning.
                 * @memberof spikewright.link.v1
                 * @interface IWarning
                 * @augments spikewright.link.v1.Warning.$Properties
                 * @deprecated Use spikewright.link.v1.Warning.$Properties instead.
                 */

                /**
                 * Shape of a Warning.
                 * @typedef {spikewright.link.v1.Warning.$Properties} spikewright.link.v1.Warning.$Shape
                 */

                /**
                 * Constructs a new Warning.
                 * @memberof spikewright.link.v1
                 * @classdesc Represents a Warning.
                 * @constructor
                 * @param {spikewright.link.v1.Warning.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const Warning = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Warning kind.
                 * @member {spikewright.link.v1.WarningKind} kind
                 * @memberof spikewright.link.v1.Warning
                 * @instance
                 */
                Warning.prototype.kind = 0;

                /**
                 * Warning core.
                 * @member {number|null|undefined} core
                 * @memberof spikewright.link.v1.Warning
                 * @instance
                 */
                Warning.prototype.core = null;

                /**
                 * Warning countLow.
                 * @member {number} countLow
                 * @memberof spikewright.link.v1.Warning
                 * @instance
                 */
                Warning.prototype.countLow = 0;

                /**
                 * Warning countHigh.
                 * @member {number} countHigh
                 * @memberof spikewright.link.v1.Warning
                 * @instance
                 */
                Warning.prototype.countHigh = 0;

                /**
                 * Warning message.
                 * @member {string} message
                 * @memberof spikewright.link.v1.Warning
                 * @instance
                 */
                Warning.prototype.message = "";

                // OneOf field names bound to virtual getters and setters
                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(Warning.prototype, "_core", {
                    get: $util.oneOfGetter($oneOfFields = ["core"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                /**
                 * Encodes the specified Warning message. Does not implicitly {@link spikewright.link.v1.Warning.verify|verify} messages.
                 * @function encode
                 * @memberof spikewright.link.v1.Warning
                 * @static
                 * @param {spikewright.link.v1.Warning.$Properties} message Warning message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                Warning.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.kind != null && $Object.hasOwnProperty.call(message, "kind") && message.kind !== 0)
                        writer.uint32(/* id 1, wireType 0 =*/8).int32(message.kind);
                    if (message.core != null && $Object.hasOwnProperty.call(message, "core"))
                        writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.core);
                    if (message.countLow != null && $Object.hasOwnProperty.call(message, "countLow") && message.countLow !== 0)
                        writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.countLow);
                    if (message.countHigh != null && $Object.hasOwnProperty.call(message, "countHigh") && message.countHigh !== 0)
                        writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.countHigh);
                    if (message.message != null && $Object.hasOwnProperty.call(message, "message") && message.message !== "")
                        writer.uint32(/* id 5, wireType 2 =*/42).string(message.message);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a Warning message from the specified reader or buffer.
                 * @function decode
                 * @memberof spikewright.link.v1.Warning
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {spikewright.link.v1.Warning & spikewright.link.v1.Warning.$Shape} Warning
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                Warning.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.spikewright.link.v1.Warning();
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
                                    message.kind = value;
                                else
                                    delete message.kind;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                message.core = reader.uint32();
                                message._core = "core";
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.countLow = value;
                                else
                                    delete message.countLow;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.countHigh = value;
                                else
                                    delete message.countHigh;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.message = value;
                                else
                                    delete message.message;
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

                return Warning;
            })();

            /**
             * RunStatus enum.
             * @name spikewright.link.v1.RunStatus
             * @enum {number}
             * @property {number} RUN_STATUS_UNSPECIFIED=0 RUN_STATUS_UNSPECIFIED value
             * @property {number} RUN_STATUS_DONE=1 RUN_STATUS_DONE value
             * @property {number} RUN_STATUS_ABORTED=2 RUN_STATUS_ABORTED value
             * @property {number} RUN_STATUS_FAILED=3 RUN_STATUS_FAILED value
             */
            v1.RunStatus = (function() {
                const valuesById = $Object.create(null), values = $Object.create(valuesById);
                values[valuesById[0] = "RUN_STATUS_UNSPECIFIED"] = 0;
                values[valuesById[1] = "RUN_STATUS_DONE"] = 1;
                values[valuesById[2] = "RUN_STATUS_ABORTED"] = 2;
                values[valuesById[3] = "RUN_STATUS_FAILED"] = 3;
                return values;
            })();

            v1.RunResult = (function() {

                /**
                 * Properties of a RunResult.
                 * @typedef {Object} spikewright.link.v1.RunResult.$Properties
                 * @property {number|null} [run] RunResult run
                 * @property {spikewright.link.v1.RunStatus|null} [status] RunResult status
                 * @property {spikewright.link.v1.Error.$Properties|null} [error] RunResult error
                 * @property {number|null} [eventsLow] RunResult eventsLow
                 * @property {number|null} [eventsHigh] RunResult eventsHigh
                 * @property {number|null} [droppedLow] RunResult droppedLow
                 * @property {number|null} [droppedHigh] RunResult droppedHigh
                 * @property {number|null} [filteredLow] RunResult filteredLow
                 * @property {number|null} [filteredHigh] RunResult filteredHigh
                 * @property {number|null} [poolDroppedLow] RunResult poolDroppedLow
                 * @property {number|null} [poolDroppedHigh] RunResult poolDroppedHigh
                 * @property {number|null} [durationLow] RunResult durationLow
                 * @property {number|null} [durationHigh] RunResult durationHigh
                 * @property {spikewright.link.v1.RunTiming.$Properties|null} [timing] RunResult timing
                 * @property {string|null} [kernel] RunResult kernel
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a RunResult.
                 * @memberof spikewright.link.v1
                 * @interface IRunResult
                 * @augments spikewright.link.v1.RunResult.$Properties
                 * @deprecated Use spikewright.link.v1.RunResult.$Properties instead.
                 */

                /**
                 * Shape of a RunResult.
                 * @typedef {spikewright.link.v1.RunResult.$Properties} spikewright.link.v1.RunResult.$Shape
                 */

                /**
                 * Constructs a new RunResult.
                 * @memberof spikewright.link.v1
                 * @classdesc Represents a RunResult.
                 * @constructor
                 * @param {spikewright.link.v1.RunResult.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const RunResult = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * RunResult run.
                 * @member {number} run
                 * @memberof spikewright.link.v1.RunResult
                 * @instance
                 */
                RunResult.prototype.run = 0;

                /**
                 * RunResult status.
                 * @member {spikewright.link.v1.RunStatus} status
                 * @memberof spikewright.link.v1.RunResult
                 * @instance
                 */
                RunResult.prototype.status = 0;

                /**
                 * RunResult error.
                 * @member {spikewright.link.v1.Error.$Properties|null|undefined} error
                 * @memberof spikewright.link.v1.RunResult
                 * @instance
                 */
                RunResult.prototype.error = null;

                /**
                 * RunResult eventsLow.
                 * @member {number} eventsLow
                 * @memberof spikewright.link.v1.RunResult
                 * @instance
                 */
                RunResult.prototype.eventsLow = 0;

                /**
                 * RunResult eventsHigh.
                 * @member {number} eventsHigh
                 * @memberof spikewright.link.v1.RunResult
                 * @instance
                 */
                RunResult.prototype.eventsHigh = 0;

                /**
                 * RunResult droppedLow.
                 * @member {number} droppedLow
                 * @memberof spikewright.link.v1.RunResult
                 * @instance
                 */
                RunResult.prototype.droppedLow = 0;

                /**
                 * RunResult droppedHigh.
                 * @member {number} droppedHigh
                 * @memberof spikewright.link.v1.RunResult
                 * @instance
                 */
                RunResult.prototype.droppedHigh = 0;

                /**
                 * RunResult filteredLow.
                 * @member {number|null|undefined} filteredLow
                 * @memberof spikewright.link.v1.RunResult
                 * @instance
                 */
                RunResult.prototype.filteredLow = null;

                /**
                 * RunResult filteredHigh.
                 * @member {number} filteredHigh
                 * @memberof spikewright.link.v1.RunResult
                 * @instance
                 */
                RunResult.prototype.filteredHigh = 0;

                /**
                 * RunResult poolDroppedLow.
                 * @member {number|null|undefined} poolDroppedLow
                 * @memberof spikewright.link.v1.RunResult
                 * @instance
                 */
                RunResult.prototype.poolDroppedLow = null;

                /**
                 * RunResult poolDroppedHigh.
                 * @member {number} poolDroppedHigh
                 * @memberof spikewright.link.v1.RunResult
                 * @instance
                 */
                RunResult.prototype.poolDroppedHigh = 0;

                /**
                 * RunResult durationLow.
                 * @member {number} durationLow
                 * @memberof spikewright.link.v1.RunResult
                 * @instance
                 */
                RunResult.prototype.durationLow = 0;

                /**
                 * RunResult durationHigh.
                 * @member {number} durationHigh
                 * @memberof spikewright.link.v1.RunResult
                 * @instance
                 */
                RunResult.prototype.durationHigh = 0;

                /**
                 * RunResult timing.
                 * @member {spikewright.link.v1.RunTiming.$Properties|null|undefined} timing
                 * @memberof spikewright.link.v1.RunResult
                 * @instance
                 */
                RunResult.prototype.timing = null;

                /**
                 * RunResult kernel.
                 * @member {string} kernel
                 * @memberof spikewright.link.v1.RunResult
                 * @instance
                 */
                RunResult.prototype.kernel = "";

                // OneOf field names bound to virtual getters and setters
                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(RunResult.prototype, "_filteredLow", {
                    get: $util.oneOfGetter($oneOfFields = ["filteredLow"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(RunResult.prototype, "_poolDroppedLow", {
                    get: $util.oneOfGetter($oneOfFields = ["poolDroppedLow"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                /**
                 * Encodes the specified RunResult message. Does not implicitly {@link spikewright.link.v1.RunResult.verify|verify} messages.
                 * @function encode
                 * @memberof spikewright.link.v1.RunResult
                 * @static
                 * @param {spikewright.link.v1.RunResult.$Properties} message RunResult message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                RunResult.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.run != null && $Object.hasOwnProperty.call(message, "run") && message.run !== 0)
                        writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.run);
                    if (message.status != null && $Object.hasOwnProperty.call(message, "status") && message.status !== 0)
                        writer.uint32(/* id 2, wireType 0 =*/16).int32(message.status);
                    if (message.error != null && $Object.hasOwnProperty.call(message, "error"))
                        $root.spikewright.link.v1.Error.encode(message.error, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                    if (message.eventsLow != null && $Object.hasOwnProperty.call(message, "eventsLow") && message.eventsLow !== 0)
                        writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.eventsLow);
                    if (message.eventsHigh != null && $Object.hasOwnProperty.call(message, "eventsHigh") && message.eventsHigh !== 0)
                        writer.uint32(/* id 5, wireType 0 =*/40).uint32(message.eventsHigh);
                    if (message.droppedLow != null && $Object.hasOwnProperty.call(message, "droppedLow") && message.droppedLow !== 0)
                        writer.uint32(/* id 6, wireType 0 =*/48).uint32(message.droppedLow);
                    if (message.droppedHigh != null && $Object.hasOwnProperty.call(message, "droppedHigh") && message.droppedHigh !== 0)
                        writer.uint32(/* id 7, wireType 0 =*/56).uint32(message.droppedHigh);
                    if (message.filteredLow != null && $Object.hasOwnProperty.call(message, "filteredLow"))
                        writer.uint32(/* id 8, wireType 0 =*/64).uint32(message.filteredLow);
                    if (message.filteredHigh != null && $Object.hasOwnProperty.call(message, "filteredHigh") && message.filteredHigh !== 0)
                        writer.uint32(/* id 9, wireType 0 =*/72).uint32(message.filteredHigh);
                    if (message.poolDroppedLow != null && $Object.hasOwnProperty.call(message, "poolDroppedLow"))
                        writer.uint32(/* id 10, wireType 0 =*/80).uint32(message.poolDroppedLow);
                    if (message.poolDroppedHigh != null && $Object.hasOwnProperty.call(message, "poolDroppedHigh") && message.poolDroppedHigh !== 0)
                        writer.uint32(/* id 11, wireType 0 =*/88).uint32(message.poolDroppedHigh);
                    if (message.durationLow != null && $Object.hasOwnProperty.call(message, "durationLow") && message.durationLow !== 0)
                        writer.uint32(/* id 12, wireType 0 =*/96).uint32(message.durationLow);
                    if (message.durationHigh != null && $Object.hasOwnProperty.call(message, "durationHigh") && message.durationHigh !== 0)
                        writer.uint32(/* id 13, wireType 0 =*/104).uint32(message.durationHigh);
                    if (message.timing != null && $Object.hasOwnProperty.call(message, "timing"))
                        $root.spikewright.link.v1.RunTiming.encode(message.timing, writer.uint32(/* id 14, wireType 2 =*/114).fork(), _depth + 1).ldelim();
                    if (message.kernel != null && $Object.hasOwnProperty.call(message, "kernel") && message.kernel !== "")
                        writer.uint32(/* id 15, wireType 2 =*/122).string(message.kernel);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a RunResult message from the specified reader or buffer.
                 * @function decode
                 * @memberof spikewright.link.v1.RunResult
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {spikewright.link.v1.RunResult & spikewright.link.v1.RunResult.$Shape} RunResult
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                RunResult.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.spikewright.link.v1.RunResult();
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
                                    message.run = value;
                                else
                                    delete message.run;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.int32())
                                    message.status = value;
                                else
                                    delete message.status;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                message.error = $root.spikewright.link.v1.Error.decode(reader, reader.size(), $undefined, _depth + 1, message.error);
                                continue;
                            }
                        case 4: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.eventsLow = value;
                                else
                                    delete message.eventsLow;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.eventsHigh = value;
                                else
                                    delete message.eventsHigh;
                                continue;
                            }
                        case 6: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.droppedLow = value;
                                else
                                    delete message.droppedLow;
                                continue;
                            }
                        case 7: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.droppedHigh = value;
                                else
                                    delete message.droppedHigh;
                                continue;
                            }
                        case 8: {
                                if (wireType !== 0)
                                    break;
                                message.filteredLow = reader.uint32();
                                message._filteredLow = "filteredLow";
                                continue;
                            }
                        case 9: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.filteredHigh = value;
                                else
                                    delete message.filteredHigh;
                                continue;
                            }
                        case 10: {
                                if (wireType !== 0)
                                    break;
                                message.poolDroppedLow = reader.uint32();
                                message._poolDroppedLow = "poolDroppedLow";
                                continue;
                            }
                        case 11: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.poolDroppedHigh = value;
                                else
                                    delete message.poolDroppedHigh;
                                continue;
                            }
                        case 12: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.durationLow = value;
                                else
                                    delete message.durationLow;
                                continue;
                            }
                        case 13: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.durationHigh = value;
                                else
                                    delete message.durationHigh;
                                continue;
                            }
                        case 14: {
                                if (wireType !== 2)
                                    break;
                                message.timing = $root.spikewright.link.v1.RunTiming.decode(reader, reader.size(), $undefined, _depth + 1, message.timing);
                                continue;
                            }
                        case 15: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.kernel = value;
                                else
                                    delete message.kernel;
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

                return RunResult;
            })();

            v1.RunTiming = (function() {

                /**
                 * Properties of a RunTiming.
                 * @typedef {Object} spikewright.link.v1.RunTiming.$Properties
                 * @property {number|null} [firstOutputUs] RunTiming firstOutputUs
                 * @property {number|null} [lastOutputUs] RunTiming lastOutputUs
                 * @property {number|null} [latencyP50Us] RunTiming latencyP50Us
                 * @property {number|null} [latencyP99Us] RunTiming latencyP99Us
                 * @property {number|null} [latencyMaxUs] RunTiming latencyMaxUs
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a RunTiming.
                 * @memberof spikewright.link.v1
                 * @interface IRunTiming
                 * @augments spikewright.link.v1.RunTiming.$Properties
                 * @deprecated Use spikewright.link.v1.RunTiming.$Properties instead.
                 */

                /**
                 * Shape of a RunTiming.
                 * @typedef {spikewright.link.v1.RunTiming.$Properties} spikewright.link.v1.RunTiming.$Shape
                 */

                /**
                 * Constructs a new RunTiming.
                 * @memberof spikewright.link.v1
                 * @classdesc Represents a RunTiming.
                 * @constructor
                 * @param {spikewright.link.v1.RunTiming.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const RunTiming = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * RunTiming firstOutputUs.
                 * @member {number|null|undefined} firstOutputUs
                 * @memberof spikewright.link.v1.RunTiming
                 * @instance
                 */
                RunTiming.prototype.firstOutputUs = null;

                /**
                 * RunTiming lastOutputUs.
                 * @member {number|null|undefined} lastOutputUs
                 * @memberof spikewright.link.v1.RunTiming
                 * @instance
                 */
                RunTiming.prototype.lastOutputUs = null;

                /**
                 * RunTiming latencyP50Us.
                 * @member {number|null|undefined} latencyP50Us
                 * @memberof spikewright.link.v1.RunTiming
                 * @instance
                 */
                RunTiming.prototype.latencyP50Us = null;

                /**
                 * RunTiming latencyP99Us.
                 * @member {number|null|undefined} latencyP99Us
                 * @memberof spikewright.link.v1.RunTiming
                 * @instance
                 */
                RunTiming.prototype.latencyP99Us = null;

                /**
                 * RunTiming latencyMaxUs.
                 * @member {number|null|undefined} latencyMaxUs
                 * @memberof spikewright.link.v1.RunTiming
                 * @instance
                 */
                RunTiming.prototype.latencyMaxUs = null;

                // OneOf field names bound to virtual getters and setters
                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(RunTiming.prototype, "_firstOutputUs", {
                    get: $util.oneOfGetter($oneOfFields = ["firstOutputUs"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(RunTiming.prototype, "_lastOutputUs", {
                    get: $util.oneOfGetter($oneOfFields = ["lastOutputUs"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(RunTiming.prototype, "_latencyP50Us", {
                    get: $util.oneOfGetter($oneOfFields = ["latencyP50Us"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(RunTiming.prototype, "_latencyP99Us", {
                    get: $util.oneOfGetter($oneOfFields = ["latencyP99Us"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(RunTiming.prototype, "_latencyMaxUs", {
                    get: $util.oneOfGetter($oneOfFields = ["latencyMaxUs"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                /**
                 * Encodes the specified RunTiming message. Does not implicitly {@link spikewright.link.v1.RunTiming.verify|verify} messages.
                 * @function encode
                 * @memberof spikewright.link.v1.RunTiming
                 * @static
                 * @param {spikewright.link.v1.RunTiming.$Properties} message RunTiming message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                RunTiming.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.firstOutputUs != null && $Object.hasOwnProperty.call(message, "firstOutputUs"))
                        writer.uint32(/* id 1, wireType 1 =*/9).double(message.firstOutputUs);
                    if (message.lastOutputUs != null && $Object.hasOwnProperty.call(message, "lastOutputUs"))
                        writer.uint32(/* id 2, wireType 1 =*/17).double(message.lastOutputUs);
                    if (message.latencyP50Us != null && $Object.hasOwnProperty.call(message, "latencyP50Us"))
                        writer.uint32(/* id 3, wireType 1 =*/25).double(message.latencyP50Us);
                    if (message.latencyP99Us != null && $Object.hasOwnProperty.call(message, "latencyP99Us"))
                        writer.uint32(/* id 4, wireType 1 =*/33).double(message.latencyP99Us);
                    if (message.latencyMaxUs != null && $Object.hasOwnProperty.call(message, "latencyMaxUs"))
                        writer.uint32(/* id 5, wireType 1 =*/41).double(message.latencyMaxUs);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a RunTiming message from the specified reader or buffer.
                 * @function decode
                 * @memberof spikewright.link.v1.RunTiming
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {spikewright.link.v1.RunTiming & spikewright.link.v1.RunTiming.$Shape} RunTiming
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                RunTiming.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.spikewright.link.v1.RunTiming();
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
                                if (wireType !== 1)
                                    break;
                                message.firstOutputUs = reader.double();
                                message._firstOutputUs = "firstOutputUs";
                                continue;
                            }
                        case 2: {
                                if (wireType !== 1)
                                    break;
                                message.lastOutputUs = reader.double();
                                message._lastOutputUs = "lastOutputUs";
                                continue;
                            }
                        case 3: {
                                if (wireType !== 1)
                                    break;
                                message.latencyP50Us = reader.double();
                                message._latencyP50Us = "latencyP50Us";
                                continue;
                            }
                        case 4: {
                                if (wireType !== 1)
                                    break;
                                message.latencyP99Us = reader.double();
                                message._latencyP99Us = "latencyP99Us";
                                continue;
                            }
                        case 5: {
                                if (wireType !== 1)
                                    break;
                                message.latencyMaxUs = reader.double();
                                message._latencyMaxUs = "latencyMaxUs";
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

                return RunTiming;
            })();

            v1.PowerSample = (function() {

                /**
                 * Properties of a PowerSample.
                 * @typedef {Object} spikewright.link.v1.PowerSample.$Properties
                 * @property {number|null} [timeLow] PowerSample timeLow
                 * @property {number|null} [timeHigh] PowerSample timeHigh
                 * @property {number|null} [intervalUs] PowerSample intervalUs
                 * @property {Array.<number>|null} [nanowatts] PowerSample nanowatts
                 * @property {number|null} [run] PowerSample run
                 * @property {number|null} [dropped] PowerSample dropped
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a PowerSample.
                 * @memberof spikewright.link.v1
                 * @interface IPowerSample
                 * @augments spikewright.link.v1.PowerSample.$Properties
                 * @deprecated Use spikewright.link.v1.PowerSample.$Properties instead.
                 */

                /**
                 * Shape of a PowerSample.
                 * @typedef {spikewright.link.v1.PowerSample.$Properties} spikewright.link.v1.PowerSample.$Shape
                 */

                /**
                 * Constructs a new PowerSample.
                 * @memberof spikewright.link.v1
                 * @classdesc Represents a PowerSample.
                 * @constructor
                 * @param {spikewright.link.v1.PowerSample.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const PowerSample = function (properties) {
                    this.nanowatts = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * PowerSample timeLow.
                 * @member {number} timeLow
                 * @memberof spikewright.link.v1.PowerSample
                 * @instance
                 */
                PowerSample.prototype.timeLow = 0;

                /**
                 * PowerSample timeHigh.
                 * @member {number} timeHigh
                 * @memberof spikewright.link.v1.PowerSample
                 * @instance
                 */
                PowerSample.prototype.timeHigh = 0;

                /**
                 * PowerSample intervalUs.
                 * @member {number} intervalUs
                 * @memberof spikewright.link.v1.PowerSample
                 * @instance
                 */
                PowerSample.prototype.intervalUs = 0;

                /**
                 * PowerSample nanowatts.
                 * @member {Array.<number>} nanowatts
                 * @memberof spikewright.link.v1.PowerSample
                 * @instance
                 */
                PowerSample.prototype.nanowatts = $util.emptyArray;

                /**
                 * PowerSample run.
                 * @member {number} run
                 * @memberof spikewright.link.v1.PowerSample
                 * @instance
                 */
                PowerSample.prototype.run = 0;

                /**
                 * PowerSample dropped.
                 * @member {number} dropped
                 * @memberof spikewright.link.v1.PowerSample
                 * @instance
                 */
                PowerSample.prototype.dropped = 0;

                /**
                 * Encodes the specified PowerSample message. Does not implicitly {@link spikewright.link.v1.PowerSample.verify|verify} messages.
                 * @function encode
                 * @memberof spikewright.link.v1.PowerSample
                 * @static
                 * @param {spikewright.link.v1.PowerSample.$Properties} message PowerSample message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                PowerSample.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.timeLow != null && $Object.hasOwnProperty.call(message, "timeLow") && message.timeLow !== 0)
                        writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.timeLow);
                    if (message.timeHigh != null && $Object.hasOwnProperty.call(message, "timeHigh") && message.timeHigh !== 0)
                        writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.timeHigh);
                    if (message.intervalUs != null && $Object.hasOwnProperty.call(message, "intervalUs") && message.intervalUs !== 0)
                        writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.intervalUs);
                    if (message.nanowatts != null && message.nanowatts.length)
                        writer.uint32(/* id 4, wireType 2 =*/34).uint32s(message.nanowatts);
                    if (message.run != null && $Object.hasOwnProperty.call(message, "run") && message.run !== 0)
                        writer.uint32(/* id 5, wireType 0 =*/40).uint32(message.run);
                    if (message.dropped != null && $Object.hasOwnProperty.call(message, "dropped") && message.dropped !== 0)
                        writer.uint32(/* id 6, wireType 0 =*/48).uint32(message.dropped);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a PowerSample message from the specified reader or buffer.
                 * @function decode
                 * @memberof spikewright.link.v1.PowerSample
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {spikewright.link.v1.PowerSample & spikewright.link.v1.PowerSample.$Shape} PowerSample
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                PowerSample.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.spikewright.link.v1.PowerSample();
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
                                    message.timeLow = value;
                                else
                                    delete message.timeLow;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.timeHigh = value;
                                else
                                    delete message.timeHigh;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.intervalUs = value;
                                else
                                    delete message.intervalUs;
                                continue;
                            }
                        case 4: {
                                if (wireType === 2) {
                                    if (!(message.nanowatts && message.nanowatts.length))
                                        message.nanowatts = [];
                                    reader.uint32s(message.nanowatts);
                                    continue;
                                }
                                if (wireType !== 0)
                                    break;
                                if (!(message.nanowatts && message.nanowatts.length))
                                    message.nanowatts = [];
                                message.nanowatts.push(reader.uint32());
                                continue;
                            }
                        case 5: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.run = value;
                                else
                                    delete message.run;
                                continue;
                            }
                        case 6: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.dropped = value;
                                else
                                    delete message.dropped;
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

                return PowerSample;
            })();

            /**
             * LogLevel enum.
             * @name spikewright.link.v1.LogLevel
             * @enum {number}
             * @property {number} LOG_LEVEL_OFF=0 LOG_LEVEL_OFF value
             * @property {number} LOG_LEVEL_DEBUG=1 LOG_LEVEL_DEBUG value
             * @property {number} LOG_LEVEL_INFO=2 LOG_LEVEL_INFO value
             * @property {number} LOG_LEVEL_WARNING=3 LOG_LEVEL_WARNING value
             * @property {number} LOG_LEVEL_ERROR=4 LOG_LEVEL_ERROR value
             */
            v1.LogLevel = (function() {
                const valuesById = $Object.create(null), values = $Object.create(valuesById);
                values[valuesById[0] = "LOG_LEVEL_OFF"] = 0;
                values[valuesById[1] = "LOG_LEVEL_DEBUG"] = 1;
                values[valuesById[2] = "LOG_LEVEL_INFO"] = 2;
                values[valuesById[3] = "LOG_LEVEL_WARNING"] = 3;
                values[valuesById[4] = "LOG_LEVEL_ERROR"] = 4;
                return values;
            })();

            v1.LogLine = (function() {

                /**
                 * Properties of a LogLine.
                 * @typedef {Object} spikewright.link.v1.LogLine.$Properties
                 * @property {number|null} [timeLow] LogLine timeLow
                 * @property {number|null} [timeHigh] LogLine timeHigh
                 * @property {spikewright.link.v1.LogLevel|null} [level] LogLine level
                 * @property {string|null} [text] LogLine text
                 * @property {number|null} [dropped] LogLine dropped
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a LogLine.
                 * @memberof spikewright.link.v1
                 * @interface ILogLine
                 * @augments spikewright.link.v1.LogLine.$Properties
                 * @deprecated Use spikewright.link.v1.LogLine.$Properties instead.
                 */

                /**
                 * Shape of a LogLine.
                 * @typedef {spikewright.link.v1.LogLine.$Properties} spikewright.link.v1.LogLine.$Shape
                 */

                /**
                 * Constructs a new LogLine.
                 * @memberof spikewright.link.v1
                 * @classdesc Represents a LogLine.
                 * @constructor
                 * @param {spikewright.link.v1.LogLine.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const LogLine = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * LogLine timeLow.
                 * @member {number} timeLow
                 * @memberof spikewright.link.v1.LogLine
                 * @instance
                 */
                LogLine.prototype.timeLow = 0;

                /**
                 * LogLine timeHigh.
                 * @member {number} timeHigh
                 * @memberof spikewright.link.v1.LogLine
                 * @instance
                 */
                LogLine.prototype.timeHigh = 0;

                /**
                 * LogLine level.
                 * @member {spikewright.link.v1.LogLevel} level
                 * @memberof spikewright.link.v1.LogLine
                 * @instance
                 */
                LogLine.prototype.level = 0;

                /**
                 * LogLine text.
                 * @member {string} text
                 * @memberof spikewright.link.v1.LogLine
                 * @instance
                 */
                LogLine.prototype.text = "";

                /**
                 * LogLine dropped.
                 * @member {number} dropped
                 * @memberof spikewright.link.v1.LogLine
                 * @instance
                 */
                LogLine.prototype.dropped = 0;

                /**
                 * Encodes the specified LogLine message. Does not implicitly {@link spikewright.link.v1.LogLine.verify|verify} messages.
                 * @function encode
                 * @memberof spikewright.link.v1.LogLine
                 * @static
                 * @param {spikewright.link.v1.LogLine.$Properties} message LogLine message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                LogLine.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.timeLow != null && $Object.hasOwnProperty.call(message, "timeLow") && message.timeLow !== 0)
                        writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.timeLow);
                    if (message.timeHigh != null && $Object.hasOwnProperty.call(message, "timeHigh") && message.timeHigh !== 0)
                        writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.timeHigh);
                    if (message.level != null && $Object.hasOwnProperty.call(message, "level") && message.level !== 0)
                        writer.uint32(/* id 3, wireType 0 =*/24).int32(message.level);
                    if (message.text != null && $Object.hasOwnProperty.call(message, "text") && message.text !== "")
                        writer.uint32(/* id 4, wireType 2 =*/34).string(message.text);
                    if (message.dropped != null && $Object.hasOwnProperty.call(message, "dropped") && message.dropped !== 0)
                        writer.uint32(/* id 5, wireType 0 =*/40).uint32(message.dropped);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a LogLine message from the specified reader or buffer.
                 * @function decode
                 * @memberof spikewright.link.v1.LogLine
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {spikewright.link.v1.LogLine & spikewright.link.v1.LogLine.$Shape} LogLine
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                LogLine.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.spikewright.link.v1.LogLine();
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
                                    message.timeLow = value;
                                else
                                    delete message.timeLow;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.timeHigh = value;
                                else
                                    delete message.timeHigh;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.int32())
                                    message.level = value;
                                else
                                    delete message.level;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.text = value;
                                else
                                    delete message.text;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.dropped = value;
                                else
                                    delete message.dropped;
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

                return LogLine;
            })();

            v1.EventBatch = (function() {

                /**
                 * Properties of an EventBatch.
                 * @typedef {Object} spikewright.link.v1.EventBatch.$Properties
                 * @property {number|null} [run] EventBatch run
                 * @property {number|null} [count] EventBatch count
                 * @property {number|null} [baseLow] EventBatch baseLow
                 * @property {number|null} [baseHigh] EventBatch baseHigh
                 * @property {number|null} [coreBits] EventBatch coreBits
                 * @property {number|null} [featureBits] EventBatch featureBits
                 * @property {number|null} [yBits] EventBatch yBits
                 * @property {number|null} [xBits] EventBatch xBits
                 * @property {number|null} [core] EventBatch core
                 * @property {Uint8Array|null} [packed] EventBatch packed
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of an EventBatch.
                 * @memberof spikewright.link.v1
                 * @interface IEventBatch
                 * @augments spikewright.link.v1.EventBatch.$Properties
                 * @deprecated Use spikewright.link.v1.EventBatch.$Properties instead.
                 */

                /**
                 * Shape of an EventBatch.
                 * @typedef {spikewright.link.v1.EventBatch.$Properties} spikewright.link.v1.EventBatch.$Shape
                 */

                /**
                 * Constructs a new EventBatch.
                 * @memberof spikewright.link.v1
                 * @classdesc Represents an EventBatch.
                 * @constructor
                 * @param {spikewright.link.v1.EventBatch.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const EventBatch = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * EventBatch run.
                 * @member {number} run
                 * @memberof spikewright.link.v1.EventBatch
                 * @instance
                 */
                EventBatch.prototype.run = 0;

                /**
                 * EventBatch count.
                 * @member {number} count
                 * @memberof spikewright.link.v1.EventBatch
                 * @instance
                 */
                EventBatch.prototype.count = 0;

                /**
                 * EventBatch baseLow.
                 * @member {number} baseLow
                 * @memberof spikewright.link.v1.EventBatch
                 * @instance
                 */
                EventBatch.prototype.baseLow = 0;

                /**
                 * EventBatch baseHigh.
                 * @member {number} baseHigh
                 * @memberof spikewright.link.v1.EventBatch
                 * @instance
                 */
                EventBatch.prototype.baseHigh = 0;

                /**
                 * EventBatch coreBits.
                 * @member {number} coreBits
                 * @memberof spikewright.link.v1.EventBatch
                 * @instance
                 */
                EventBatch.prototype.coreBits = 0;

                /**
                 * EventBatch featureBits.
                 * @member {number} featureBits
                 * @memberof spikewright.link.v1.EventBatch
                 * @instance
                 */
                EventBatch.prototype.featureBits = 0;

                /**
                 * EventBatch yBits.
                 * @member {number} yBits
                 * @memberof spikewright.link.v1.EventBatch
                 * @instance
                 */
                EventBatch.prototype.yBits = 0;

                /**
                 * EventBatch xBits.
                 * @member {number} xBits
                 * @memberof spikewright.link.v1.EventBatch
                 * @instance
                 */
                EventBatch.prototype.xBits = 0;

                /**
                 * EventBatch core.
                 * @member {number} core
                 * @memberof spikewright.link.v1.EventBatch
                 * @instance
                 */
                EventBatch.prototype.core = 0;

                /**
                 * EventBatch packed.
                 * @member {Uint8Array} packed
                 * @memberof spikewright.link.v1.EventBatch
                 * @instance
                 */
                EventBatch.prototype.packed = $util.newBuffer([]);

                /**
                 * Encodes the specified EventBatch message. Does not implicitly {@link spikewright.link.v1.EventBatch.verify|verify} messages.
                 * @function encode
                 * @memberof spikewright.link.v1.EventBatch
                 * @static
                 * @param {spikewright.link.v1.EventBatch.$Properties} message EventBatch message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                EventBatch.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.run != null && $Object.hasOwnProperty.call(message, "run") && message.run !== 0)
                        writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.run);
                    if (message.count != null && $Object.hasOwnProperty.call(message, "count") && message.count !== 0)
                        writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.count);
                    if (message.baseLow != null && $Object.hasOwnProperty.call(message, "baseLow") && message.baseLow !== 0)
                        writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.baseLow);
                    if (message.baseHigh != null && $Object.hasOwnProperty.call(message, "baseHigh") && message.baseHigh !== 0)
                        writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.baseHigh);
                    if (message.coreBits != null && $Object.hasOwnProperty.call(message, "coreBits") && message.coreBits !== 0)
                        writer.uint32(/* id 5, wireType 0 =*/40).uint32(message.coreBits);
                    if (message.featureBits != null && $Object.hasOwnProperty.call(message, "featureBits") && message.featureBits !== 0)
                        writer.uint32(/* id 6, wireType 0 =*/48).uint32(message.featureBits);
                    if (message.yBits != null && $Object.hasOwnProperty.call(message, "yBits") && message.yBits !== 0)
                        writer.uint32(/* id 7, wireType 0 =*/56).uint32(message.yBits);
                    if (message.xBits != null && $Object.hasOwnProperty.call(message, "xBits") && message.xBits !== 0)
                        writer.uint32(/* id 8, wireType 0 =*/64).uint32(message.xBits);
                    if (message.core != null && $Object.hasOwnProperty.call(message, "core") && message.core !== 0)
                        writer.uint32(/* id 9, wireType 0 =*/72).uint32(message.core);
                    if (message.packed != null && $Object.hasOwnProperty.call(message, "packed") && message.packed.length)
                        writer.uint32(/* id 10, wireType 2 =*/82).bytes(message.packed);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes an EventBatch message from the specified reader or buffer.
                 * @function decode
                 * @memberof spikewright.link.v1.EventBatch
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {spikewright.link.v1.EventBatch & spikewright.link.v1.EventBatch.$Shape} EventBatch
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                EventBatch.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.spikewright.link.v1.EventBatch();
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
                                    message.run = value;
                                else
                                    delete message.run;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.count = value;
                                else
                                    delete message.count;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.baseLow = value;
                                else
                                    delete message.baseLow;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.baseHigh = value;
                                else
                                    delete message.baseHigh;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.coreBits = value;
                                else
                                    delete message.coreBits;
                                continue;
                            }
                        case 6: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.featureBits = value;
                                else
                                    delete message.featureBits;
                                continue;
                            }
                        case 7: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.yBits = value;
                                else
                                    delete message.yBits;
                                continue;
                            }
                        case 8: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.xBits = value;
                                else
                                    delete message.xBits;
                                continue;
                            }
                        case 9: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.core = value;
                                else
                                    delete message.core;
                                continue;
                            }
                        case 10: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.bytes()).length)
                                    message.packed = value;
                                else
                                    delete message.packed;
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

                return EventBatch;
            })();

            return v1;
        })();

        return link;
    })();

    return spikewright;
})();

export {
  $root as default
};
