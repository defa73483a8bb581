import * as $protobuf from "protobufjs/minimal.js";
import Long = require("long");

/** Namespace spikewright. */
export namespace spikewright {

    /** Namespace link. */
    namespace link {

        /** Namespace v1. */
        namespace v1 {

            /**
             * Properties of a Hello.
             * @deprecated Use spikewright.link.v1.Hello.$Properties instead.
             */
            interface IHello extends spikewright.link.v1.Hello.$Properties {
            }

            /** Represents a Hello. */
            class Hello {

                /**
                 * Constructs a new Hello.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: spikewright.link.v1.Hello.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Hello protocol. */
                protocol: string;

                /** Hello minVersion. */
                minVersion: number;

                /** Hello maxVersion. */
                maxVersion: number;

                /** Hello nonce. */
                nonce: number;

                /** Hello resume. */
                resume: boolean;

                /** Hello maxPayload. */
                maxPayload: number;

                /** Hello window. */
                window: number;

                /** Hello keepaliveMs. */
                keepaliveMs: number;

                /** Hello timeoutMs. */
                timeoutMs: number;

                /** Hello program. */
                program: string;

                /**
                 * Encodes the specified Hello message. Does not implicitly {@link spikewright.link.v1.Hello.verify|verify} messages.
                 * @param message Hello message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: spikewright.link.v1.Hello.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Hello message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {spikewright.link.v1.Hello & spikewright.link.v1.Hello.$Shape} Hello
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): spikewright.link.v1.Hello & spikewright.link.v1.Hello.$Shape;
            }

            namespace Hello {

                /** Properties of a Hello. */
                interface $Properties {

                    /** Hello protocol */
                    protocol?: (string|null);

                    /** Hello minVersion */
                    minVersion?: (number|null);

                    /** Hello maxVersion */
                    maxVersion?: (number|null);

                    /** Hello nonce */
                    nonce?: (number|null);

                    /** Hello resume */
                    resume?: (boolean|null);

                    /** Hello maxPayload */
                    maxPayload?: (number|null);

                    /** Hello window */
                    window?: (number|null);

                    /** Hello keepaliveMs */
                    keepaliveMs?: (number|null);

                    /** Hello timeoutMs */
                    timeoutMs?: (number|null);

                    /** Hello program */
                    program?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Hello. */
                type $Shape = spikewright.link.v1.Hello.$Properties;
            }

            /**
             * Properties of a Welcome.
             * @deprecated Use spikewright.link.v1.Welcome.$Properties instead.
             */
            interface IWelcome extends spikewright.link.v1.Welcome.$Properties {
            }

            /** Represents a Welcome. */
            class Welcome {

                /**
                 * Constructs a new Welcome.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: spikewright.link.v1.Welcome.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Welcome protocol. */
                protocol: string;

                /** Welcome version. */
                version: number;

                /** Welcome nonce. */
                nonce: number;

                /** Welcome maxPayload. */
                maxPayload: number;

                /** Welcome window. */
                window: number;

                /** Welcome capabilities. */
                capabilities: number;

                /**
                 * Encodes the specified Welcome message. Does not implicitly {@link spikewright.link.v1.Welcome.verify|verify} messages.
                 * @param message Welcome message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: spikewright.link.v1.Welcome.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Welcome message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {spikewright.link.v1.Welcome & spikewright.link.v1.Welcome.$Shape} Welcome
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): spikewright.link.v1.Welcome & spikewright.link.v1.Welcome.$Shape;
            }

            namespace Welcome {

                /** Properties of a Welcome. */
                interface $Properties {

                    /** Welcome protocol */
                    protocol?: (string|null);

                    /** Welcome version */
                    version?: (number|null);

                    /** Welcome nonce */
                    nonce?: (number|null);

                    /** Welcome maxPayload */
                    maxPayload?: (number|null);

                    /** Welcome window */
                    window?: (number|null);

                    /** Welcome capabilities */
                    capabilities?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Welcome. */
                type $Shape = spikewright.link.v1.Welcome.$Properties;
            }

            /** Capability enum. */
            enum Capability {

                /** CAPABILITY_NONE value */
                CAPABILITY_NONE = 0,

                /** CAPABILITY_MANY_CORES value */
                CAPABILITY_MANY_CORES = 1,

                /** CAPABILITY_LEAK value */
                CAPABILITY_LEAK = 2,

                /** CAPABILITY_READOUT value */
                CAPABILITY_READOUT = 4,

                /** CAPABILITY_FILTER value */
                CAPABILITY_FILTER = 8,

                /** CAPABILITY_INPUT_STEPS value */
                CAPABILITY_INPUT_STEPS = 16,

                /** CAPABILITY_DECIMATOR value */
                CAPABILITY_DECIMATOR = 32,

                /** CAPABILITY_BALANCER value */
                CAPABILITY_BALANCER = 64,

                /** CAPABILITY_INITIAL_STATE value */
                CAPABILITY_INITIAL_STATE = 128,

                /** CAPABILITY_READ_NEURONS value */
                CAPABILITY_READ_NEURONS = 256,

                /** CAPABILITY_WRITE_NEURONS value */
                CAPABILITY_WRITE_NEURONS = 512,

                /** CAPABILITY_SELECT_MONITOR value */
                CAPABILITY_SELECT_MONITOR = 1024,

                /** CAPABILITY_TIMING value */
                CAPABILITY_TIMING = 2048,

                /** CAPABILITY_REAL_TIME value */
                CAPABILITY_REAL_TIME = 4096,

                /** CAPABILITY_LIVE_COUNTERS value */
                CAPABILITY_LIVE_COUNTERS = 8192,

                /** CAPABILITY_POWER value */
                CAPABILITY_POWER = 16384,

                /** CAPABILITY_LOG value */
                CAPABILITY_LOG = 32768
            }

            /**
             * Properties of a Refuse.
             * @deprecated Use spikewright.link.v1.Refuse.$Properties instead.
             */
            interface IRefuse extends spikewright.link.v1.Refuse.$Properties {
            }

            /** Represents a Refuse. */
            class Refuse {

                /**
                 * Constructs a new Refuse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: spikewright.link.v1.Refuse.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Refuse protocol. */
                protocol: string;

                /** Refuse nonce. */
                nonce: number;

                /** Refuse reason. */
                reason: spikewright.link.v1.RefuseReason;

                /** Refuse minVersion. */
                minVersion: number;

                /** Refuse maxVersion. */
                maxVersion: number;

                /** Refuse message. */
                message: string;

                /**
                 * Encodes the specified Refuse message. Does not implicitly {@link spikewright.link.v1.Refuse.verify|verify} messages.
                 * @param message Refuse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: spikewright.link.v1.Refuse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Refuse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {spikewright.link.v1.Refuse & spikewright.link.v1.Refuse.$Shape} Refuse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): spikewright.link.v1.Refuse & spikewright.link.v1.Refuse.$Shape;
            }

            namespace Refuse {

                /** Properties of a Refuse. */
                interface $Properties {

                    /** Refuse protocol */
                    protocol?: (string|null);

                    /** Refuse nonce */
                    nonce?: (number|null);

                    /** Refuse reason */
                    reason?: (spikewright.link.v1.RefuseReason|null);

                    /** Refuse minVersion */
                    minVersion?: (number|null);

                    /** Refuse maxVersion */
                    maxVersion?: (number|null);

                    /** Refuse message */
                    message?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Refuse. */
                type $Shape = spikewright.link.v1.Refuse.$Properties;
            }

            /** RefuseReason enum. */
            enum RefuseReason {

                /** REFUSE_REASON_UNSPECIFIED value */
                REFUSE_REASON_UNSPECIFIED = 0,

                /** REFUSE_REASON_VERSION value */
                REFUSE_REASON_VERSION = 1,

                /** REFUSE_REASON_NO_SESSION value */
                REFUSE_REASON_NO_SESSION = 2,

                /** REFUSE_REASON_BAD_HELLO value */
                REFUSE_REASON_BAD_HELLO = 3,

                /** REFUSE_REASON_BUSY value */
                REFUSE_REASON_BUSY = 4
            }

            /**
             * Properties of a ToBoard.
             * @deprecated Use spikewright.link.v1.ToBoard.$Properties instead.
             */
            interface IToBoard extends spikewright.link.v1.ToBoard.$Properties {
            }

            /** Represents a ToBoard. */
            class ToBoard {

                /**
                 * Constructs a new ToBoard.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: spikewright.link.v1.ToBoard.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ToBoard id. */
                id: number;

                /** ToBoard getIdentity. */
                getIdentity?: (spikewright.link.v1.GetIdentity.$Properties|null);

                /** ToBoard uploadBegin. */
                uploadBegin?: (spikewright.link.v1.UploadBegin.$Properties|null);

                /** ToBoard uploadChunk. */
                uploadChunk?: (spikewright.link.v1.UploadChunk.$Properties|null);

                /** ToBoard uploadCommit. */
                uploadCommit?: (spikewright.link.v1.UploadCommit.$Properties|null);

                /** ToBoard selectMonitor. */
                selectMonitor?: (spikewright.link.v1.SelectMonitor.$Properties|null);

                /** ToBoard readNeurons. */
                readNeurons?: (spikewright.link.v1.ReadNeurons.$Properties|null);

                /** ToBoard writeNeurons. */
                writeNeurons?: (spikewright.link.v1.WriteNeurons.$Properties|null);

                /** ToBoard reset. */
                reset?: (spikewright.link.v1.Reset.$Properties|null);

                /** ToBoard getCounters. */
                getCounters?: (spikewright.link.v1.GetCounters.$Properties|null);

                /** ToBoard subscribe. */
                subscribe?: (spikewright.link.v1.Subscribe.$Properties|null);

                /** ToBoard beginRun. */
                beginRun?: (spikewright.link.v1.BeginRun.$Properties|null);

                /** ToBoard events. */
                events?: (spikewright.link.v1.EventBatch.$Properties|null);

                /** ToBoard endInput. */
                endInput?: (spikewright.link.v1.EndInput.$Properties|null);

                /** ToBoard body. */
                body?: ("getIdentity"|"uploadBegin"|"uploadChunk"|"uploadCommit"|"selectMonitor"|"readNeurons"|"writeNeurons"|"reset"|"getCounters"|"subscribe"|"beginRun"|"events"|"endInput");

                /**
                 * Encodes the specified ToBoard message. Does not implicitly {@link spikewright.link.v1.ToBoard.verify|verify} messages.
                 * @param message ToBoard message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: spikewright.link.v1.ToBoard.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ToBoard message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {spikewright.link.v1.ToBoard & spikewright.link.v1.ToBoard.$Shape} ToBoard
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): spikewright.link.v1.ToBoard & spikewright.link.v1.ToBoard.$Shape;
            }

            namespace ToBoard {

                /** Properties of a ToBoard. */
                interface $Properties {

                    /** ToBoard id */
                    id?: (number|null);

                    /** ToBoard getIdentity */
                    getIdentity?: (spikewright.link.v1.GetIdentity.$Properties|null);

                    /** ToBoard uploadBegin */
                    uploadBegin?: (spikewright.link.v1.UploadBegin.$Properties|null);

                    /** ToBoard uploadChunk */
                    uploadChunk?: (spikewright.link.v1.UploadChunk.$Properties|null);

                    /** ToBoard uploadCommit */
                    uploadCommit?: (spikewright.link.v1.UploadCommit.$Properties|null);

                    /** ToBoard selectMonitor */
                    selectMonitor?: (spikewright.link.v1.SelectMonitor.$Properties|null);

                    /** ToBoard readNeurons */
                    readNeurons?: (spikewright.link.v1.ReadNeurons.$Properties|null);

                    /** ToBoard writeNeurons */
                    writeNeurons?: (spikewright.link.v1.WriteNeurons.$Properties|null);

                    /** ToBoard reset */
                    reset?: (spikewright.link.v1.Reset.$Properties|null);

                    /** ToBoard getCounters */
                    getCounters?: (spikewright.link.v1.GetCounters.$Properties|null);

                    /** ToBoard subscribe */
                    subscribe?: (spikewright.link.v1.Subscribe.$Properties|null);

                    /** ToBoard beginRun */
                    beginRun?: (spikewright.link.v1.BeginRun.$Properties|null);

                    /** ToBoard events */
                    events?: (spikewright.link.v1.EventBatch.$Properties|null);

                    /** ToBoard endInput */
                    endInput?: (spikewright.link.v1.EndInput.$Properties|null);

                    /** ToBoard body */
                    body?: ("getIdentity"|"uploadBegin"|"uploadChunk"|"uploadCommit"|"selectMonitor"|"readNeurons"|"writeNeurons"|"reset"|"getCounters"|"subscribe"|"beginRun"|"events"|"endInput");

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Narrowed shape of a ToBoard. */
                type $Shape = {
                  id?: number|null;
                  getIdentity?: spikewright.link.v1.GetIdentity.$Shape|null;
                  uploadBegin?: spikewright.link.v1.UploadBegin.$Shape|null;
                  uploadChunk?: spikewright.link.v1.UploadChunk.$Shape|null;
                  uploadCommit?: spikewright.link.v1.UploadCommit.$Shape|null;
                  selectMonitor?: spikewright.link.v1.SelectMonitor.$Shape|null;
                  readNeurons?: spikewright.link.v1.ReadNeurons.$Shape|null;
                  writeNeurons?: spikewright.link.v1.WriteNeurons.$Shape|null;
                  reset?: spikewright.link.v1.Reset.$Shape|null;
                  getCounters?: spikewright.link.v1.GetCounters.$Shape|null;
                  subscribe?: spikewright.link.v1.Subscribe.$Shape|null;
                  beginRun?: spikewright.link.v1.BeginRun.$Shape|null;
                  events?: spikewright.link.v1.EventBatch.$Shape|null;
                  endInput?: spikewright.link.v1.EndInput.$Shape|null;
                  $unknowns?: Uint8Array[];
                } & (
                  ({ body?: undefined; getIdentity?: null; uploadBegin?: null; uploadChunk?: null; uploadCommit?: null; selectMonitor?: null; readNeurons?: null; writeNeurons?: null; reset?: null; getCounters?: null; subscribe?: null; beginRun?: null; events?: null; endInput?: null }|{ body?: "getIdentity"; getIdentity: spikewright.link.v1.GetIdentity.$Shape; uploadBegin?: null; uploadChunk?: null; uploadCommit?: null; selectMonitor?: null; readNeurons?: null; writeNeurons?: null; reset?: null; getCounters?: null; subscribe?: null; beginRun?: null; events?: null; endInput?: null }|{ body?: "uploadBegin"; getIdentity?: null; uploadBegin: spikewright.link.v1.UploadBegin.$Shape; uploadChunk?: null; uploadCommit?: null; selectMonitor?: null; readNeurons?: null; writeNeurons?: null; reset?: null; getCounters?: null; subscribe?: null; beginRun?: null; events?: null; endInput?: null }|{ body?: "uploadChunk"; getIdentity?: null; uploadBegin?: null; uploadChunk: spikewright.link.v1.UploadChunk.$Shape; uploadCommit?: null; selectMonitor?: null; readNeurons?: null; writeNeurons?: null; reset?: null; getCounters?: null; subscribe?: null; beginRun?: null; events?: null; endInput?: null }|{ body?: "uploadCommit"; getIdentity?: null; uploadBegin?: null; uploadChunk?: null; uploadCommit: spikewright.link.v1.UploadCommit.$Shape; selectMonitor?: null; readNeurons?: null; writeNeurons?: null; reset?: null; getCounters?: null; subscribe?: null; beginRun?: null; events?: null; endInput?: null }|{ body?: "selectMonitor"; getIdentity?: null; uploadBegin?: null; uploadChunk?: null; uploadCommit?: null; selectMonitor: spikewright.link.v1.SelectMonitor.$Shape; readNeurons?: null; writeNeurons?: null; reset?: null; getCounters?: null; subscribe?: null; beginRun?: null; events?: null; endInput?: null }|{ body?: "readNeurons"; getIdentity?: null; uploadBegin?: null; uploadChunk?: null; uploadCommit?: null; selectMonitor?: null; readNeurons: spikewright.link.v1.ReadNeurons.$Shape; writeNeurons?: null; reset?: null; getCounters?: null; subscribe?: null; beginRun?: null; events?: null; endInput?: null }|{ body?: "writeNeurons"; getIdentity?: null; uploadBegin?: null; uploadChunk?: null; uploadCommit?: null; selectMonitor?: null; readNeurons?: null; writeNeurons: spikewright.link.v1.WriteNeurons.$Shape; reset?: null; getCounters?: null; subscribe?: null; beginRun?: null; events?: null; endInput?: null }|{ body?: "reset"; getIdentity?: null; uploadBegin?: null; uploadChunk?: null; uploadCommit?: null; selectMonitor?: null; readNeurons?: null; writeNeurons?: null; reset: spikewright.link.v1.Reset.$Shape; getCounters?: null; subscribe?: null; beginRun?: null; events?: null; endInput?: null }|{ body?: "getCounters"; getIdentity?: null; uploadBegin?: null; uploadChunk?: null; uploadCommit?: null; selectMonitor?: null; readNeurons?: null; writeNeurons?: null; reset?: null; getCounters: spikewright.link.v1.GetCounters.$Shape; subscribe?: null; beginRun?: null; events?: null; endInput?: null }|{ body?: "subscribe"; getIdentity?: null; uploadBegin?: null; uploadChunk?: null; uploadCommit?: null; selectMonitor?: null; readNeurons?: null; writeNeurons?: null; reset?: null; getCounters?: null; subscribe: spikewright.link.v1.Subscribe.$Shape; beginRun?: null; events?: null; endInput?: null }|{ body?: "beginRun"; getIdentity?: null; uploadBegin?: null; uploadChunk?: null; uploadCommit?: null; selectMonitor?: null; readNeurons?: null; writeNeurons?: null; reset?: null; getCounters?: null; subscribe?: null; beginRun: spikewright.link.v1.BeginRun.$Shape; events?: null; endInput?: null }|{ body?: "events"; getIdentity?: null; uploadBegin?: null; uploadChunk?: null; uploadCommit?: null; selectMonitor?: null; readNeurons?: null; writeNeurons?: null; reset?: null; getCounters?: null; subscribe?: null; beginRun?: null; events: spikewright.link.v1.EventBatch.$Shape; endInput?: null }|{ body?: "endInput"; getIdentity?: null; uploadBegin?: null; uploadChunk?: null; uploadCommit?: null; selectMonitor?: null; readNeurons?: null; writeNeurons?: null; reset?: null; getCounters?: null; subscribe?: null; beginRun?: null; events?: null; endInput: spikewright.link.v1.EndInput.$Shape })
                );
            }

            /**
             * Properties of a GetIdentity.
             * @deprecated Use spikewright.link.v1.GetIdentity.$Properties instead.
             */
            interface IGetIdentity extends spikewright.link.v1.GetIdentity.$Properties {
            }

            /** Represents a GetIdentity. */
            class GetIdentity {

                /**
                 * Constructs a new GetIdentity.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: spikewright.link.v1.GetIdentity.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /**
                 * Encodes the specified GetIdentity message. Does not implicitly {@link spikewright.link.v1.GetIdentity.verify|verify} messages.
                 * @param message GetIdentity message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: spikewright.link.v1.GetIdentity.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a GetIdentity message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {spikewright.link.v1.GetIdentity & spikewright.link.v1.GetIdentity.$Shape} GetIdentity
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): spikewright.link.v1.GetIdentity & spikewright.link.v1.GetIdentity.$Shape;
            }

            namespace GetIdentity {

                /** Properties of a GetIdentity. */
                interface $Properties {

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a GetIdentity. */
                type $Shape = spikewright.link.v1.GetIdentity.$Properties;
            }

            /**
             * Properties of an UploadBegin.
             * @deprecated Use spikewright.link.v1.UploadBegin.$Properties instead.
             */
            interface IUploadBegin extends spikewright.link.v1.UploadBegin.$Properties {
            }

            /** Represents an UploadBegin. */
            class UploadBegin {

                /**
                 * Constructs a new UploadBegin.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: spikewright.link.v1.UploadBegin.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** UploadBegin bytes. */
                bytes: number;

                /** UploadBegin crc32. */
                crc32: number;

                /**
                 * Encodes the specified UploadBegin message. Does not implicitly {@link spikewright.link.v1.UploadBegin.verify|verify} messages.
                 * @param message UploadBegin message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: spikewright.link.v1.UploadBegin.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an UploadBegin message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {spikewright.link.v1.UploadBegin & spikewright.link.v1.UploadBegin.$Shape} UploadBegin
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): spikewright.link.v1.UploadBegin & spikewright.link.v1.UploadBegin.$Shape;
            }

            namespace UploadBegin {

                /** Properties of an UploadBegin. */
                interface $Properties {

                    /** UploadBegin bytes */
                    bytes?: (number|null);

                    /** UploadBegin crc32 */
                    crc32?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an UploadBegin. */
                type $Shape = spikewright.link.v1.UploadBegin.$Properties;
            }

            /**
             * Properties of an UploadChunk.
             * @deprecated Use spikewright.link.v1.UploadChunk.$Properties instead.
             */
            interface IUploadChunk extends spikewright.link.v1.UploadChunk.$Properties {
            }

            /** Represents an UploadChunk. */
            class UploadChunk {

                /**
                 * Constructs a new UploadChunk.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: spikewright.link.v1.UploadChunk.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** UploadChunk offset. */
                offset: number;

                /** UploadChunk data. */
                data: Uint8Array;

                /**
                 * Encodes the specified UploadChunk message. Does not implicitly {@link spikewright.link.v1.UploadChunk.verify|verify} messages.
                 * @param message UploadChunk message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: spikewright.link.v1.UploadChunk.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an UploadChunk message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {spikewright.link.v1.UploadChunk & spikewright.link.v1.UploadChunk.$Shape} UploadChunk
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): spikewright.link.v1.UploadChunk & spikewright.link.v1.UploadChunk.$Shape;
            }

            namespace UploadChunk {

                /** Properties of an UploadChunk. */
                interface $Properties {

                    /** UploadChunk offset */
                    offset?: (number|null);

                    /** UploadChunk data */
                    data?: (Uint8Array|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an UploadChunk. */
                type $Shape = spikewright.link.v1.UploadChunk.$Properties;
            }

            /**
             * Properties of an UploadCommit.
             * @deprecated Use spikewright.link.v1.UploadCommit.$Properties instead.
             */
            interface IUploadCommit extends spikewright.link.v1.UploadCommit.$Properties {
            }

            /** Represents an UploadCommit. */
            class UploadCommit {

                /**
                 * Constructs a new UploadCommit.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: spikewright.link.v1.UploadCommit.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /**
                 * Encodes the specified UploadCommit message. Does not implicitly {@link spikewright.link.v1.UploadCommit.verify|verify} messages.
                 * @param message UploadCommit message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: spikewright.link.v1.UploadCommit.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an UploadCommit message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {spikewright.link.v1.UploadCommit & spikewright.link.v1.UploadCommit.$Shape} UploadCommit
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): spikewright.link.v1.UploadCommit & spikewright.link.v1.UploadCommit.$Shape;
            }

            namespace UploadCommit {

                /** Properties of an UploadCommit. */
                interface $Properties {

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an UploadCommit. */
                type $Shape = spikewright.link.v1.UploadCommit.$Properties;
            }

            /**
             * Properties of a SelectMonitor.
             * @deprecated Use spikewright.link.v1.SelectMonitor.$Properties instead.
             */
            interface ISelectMonitor extends spikewright.link.v1.SelectMonitor.$Properties {
            }

            /** Represents a SelectMonitor. */
            class SelectMonitor {

                /**
                 * Constructs a new SelectMonitor.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: spikewright.link.v1.SelectMonitor.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** SelectMonitor cores. */
                cores: Uint8Array;

                /**
                 * Encodes the specified SelectMonitor message. Does not implicitly {@link spikewright.link.v1.SelectMonitor.verify|verify} messages.
                 * @param message SelectMonitor message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: spikewright.link.v1.SelectMonitor.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a SelectMonitor message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {spikewright.link.v1.SelectMonitor & spikewright.link.v1.SelectMonitor.$Shape} SelectMonitor
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): spikewright.link.v1.SelectMonitor & spikewright.link.v1.SelectMonitor.$Shape;
            }

            namespace SelectMonitor {

                /** Properties of a SelectMonitor. */
                interface $Properties {

                    /** SelectMonitor cores */
                    cores?: (Uint8Array|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a SelectMonitor. */
                type $Shape = spikewright.link.v1.SelectMonitor.$Properties;
            }

            /**
             * Properties of a ReadNeurons.
             * @deprecated Use spikewright.link.v1.ReadNeurons.$Properties instead.
             */
            interface IReadNeurons extends spikewright.link.v1.ReadNeurons.$Properties {
            }

            /** Represents a ReadNeurons. */
            class ReadNeurons {

                /**
                 * Constructs a new ReadNeurons.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: spikewright.link.v1.ReadNeurons.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ReadNeurons core. */
                core: number;

                /** ReadNeurons offset. */
                offset: number;

                /** ReadNeurons count. */
                count: number;

                /**
                 * Encodes the specified ReadNeurons message. Does not implicitly {@link spikewright.link.v1.ReadNeurons.verify|verify} messages.
                 * @param message ReadNeurons message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: spikewright.link.v1.ReadNeurons.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ReadNeurons message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {spikewright.link.v1.ReadNeurons & spikewright.link.v1.ReadNeurons.$Shape} ReadNeurons
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): spikewright.link.v1.ReadNeurons & spikewright.link.v1.ReadNeurons.$Shape;
            }

            namespace ReadNeurons {

                /** Properties of a ReadNeurons. */
                interface $Properties {

                    /** ReadNeurons core */
                    core?: (number|null);

                    /** ReadNeurons offset */
                    offset?: (number|null);

                    /** ReadNeurons count */
                    count?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a ReadNeurons. */
                type $Shape = spikewright.link.v1.ReadNeurons.$Properties;
            }

            /**
             * Properties of a WriteNeurons.
             * @deprecated Use spikewright.link.v1.WriteNeurons.$Properties instead.
             */
            interface IWriteNeurons extends spikewright.link.v1.WriteNeurons.$Properties {
            }

            /** Represents a WriteNeurons. */
            class WriteNeurons {

                /**
                 * Constructs a new WriteNeurons.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: spikewright.link.v1.WriteNeurons.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** WriteNeurons core. */
                core: number;

                /** WriteNeurons offset. */
                offset: number;

                /** WriteNeurons values. */
                values: Uint8Array;

                /**
                 * Encodes the specified WriteNeurons message. Does not implicitly {@link spikewright.link.v1.WriteNeurons.verify|verify} messages.
                 * @param message WriteNeurons message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: spikewright.link.v1.WriteNeurons.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a WriteNeurons message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {spikewright.link.v1.WriteNeurons & spikewright.link.v1.WriteNeurons.$Shape} WriteNeurons
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): spikewright.link.v1.WriteNeurons & spikewright.link.v1.WriteNeurons.$Shape;
            }

            namespace WriteNeurons {

                /** Properties of a WriteNeurons. */
                interface $Properties {

                    /** WriteNeurons core */
                    core?: (number|null);

                    /** WriteNeurons offset */
                    offset?: (number|null);

                    /** WriteNeurons values */
                    values?: (Uint8Array|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a WriteNeurons. */
                type $Shape = spikewright.link.v1.WriteNeurons.$Properties;
            }

            /**
             * Properties of a Reset.
             * @deprecated Use spikewright.link.v1.Reset.$Properties instead.
             */
            interface IReset extends spikewright.link.v1.Reset.$Properties {
            }

            /** Represents a Reset. */
            class Reset {

                /**
                 * Constructs a new Reset.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: spikewright.link.v1.Reset.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /**
                 * Encodes the specified Reset message. Does not implicitly {@link spikewright.link.v1.Reset.verify|verify} messages.
                 * @param message Reset message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: spikewright.link.v1.Reset.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Reset message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {spikewright.link.v1.Reset & spikewright.link.v1.Reset.$Shape} Reset
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): spikewright.link.v1.Reset & spikewright.link.v1.Reset.$Shape;
            }

            namespace Reset {

                /** Properties of a Reset. */
                interface $Properties {

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Reset. */
                type $Shape = spikewright.link.v1.Reset.$Properties;
            }

            /**
             * Properties of a GetCounters.
             * @deprecated Use spikewright.link.v1.GetCounters.$Properties instead.
             */
            interface IGetCounters extends spikewright.link.v1.GetCounters.$Properties {
            }

            /** Represents a GetCounters. */
            class GetCounters {

                /**
                 * Constructs a new GetCounters.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: spikewright.link.v1.GetCounters.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /**
                 * Encodes the specified GetCounters message. Does not implicitly {@link spikewright.link.v1.GetCounters.verify|verify} messages.
                 * @param message GetCounters message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: spikewright.link.v1.GetCounters.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a GetCounters message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {spikewright.link.v1.GetCounters & spikewright.link.v1.GetCounters.$Shape} GetCounters
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): spikewright.link.v1.GetCounters & spikewright.link.v1.GetCounters.$Shape;
            }

            namespace GetCounters {

                /** Properties of a GetCounters. */
                interface $Properties {

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a GetCounters. */
                type $Shape = spikewright.link.v1.GetCounters.$Properties;
            }

            /**
             * Properties of a Subscribe.
             * @deprecated Use spikewright.link.v1.Subscribe.$Properties instead.
             */
            interface ISubscribe extends spikewright.link.v1.Subscribe.$Properties {
            }

            /** Represents a Subscribe. */
            class Subscribe {

                /**
                 * Constructs a new Subscribe.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: spikewright.link.v1.Subscribe.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Subscribe powerIntervalUs. */
                powerIntervalUs: number;

                /** Subscribe logLevel. */
                logLevel: spikewright.link.v1.LogLevel;

                /**
                 * Encodes the specified Subscribe message. Does not implicitly {@link spikewright.link.v1.Subscribe.verify|verify} messages.
                 * @param message Subscribe message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: spikewright.link.v1.Subscribe.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Subscribe message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {spikewright.link.v1.Subscribe & spikewright.link.v1.Subscribe.$Shape} Subscribe
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): spikewright.link.v1.Subscribe & spikewright.link.v1.Subscribe.$Shape;
            }

            namespace Subscribe {

                /** Properties of a Subscribe. */
                interface $Properties {

                    /** Subscribe powerIntervalUs */
                    powerIntervalUs?: (number|null);

                    /** Subscribe logLevel */
                    logLevel?: (spikewright.link.v1.LogLevel|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Subscribe. */
                type $Shape = spikewright.link.v1.Subscribe.$Properties;
            }

            /**
             * Properties of a BeginRun.
             * @deprecated Use spikewright.link.v1.BeginRun.$Properties instead.
             */
            interface IBeginRun extends spikewright.link.v1.BeginRun.$Properties {
            }

            /** Represents a BeginRun. */
            class BeginRun {

                /**
                 * Constructs a new BeginRun.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: spikewright.link.v1.BeginRun.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** BeginRun run. */
                run: number;

                /** BeginRun untilLow. */
                untilLow?: (number|null);

                /** BeginRun untilHigh. */
                untilHigh: number;

                /**
                 * Encodes the specified BeginRun message. Does not implicitly {@link spikewright.link.v1.BeginRun.verify|verify} messages.
                 * @param message BeginRun message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: spikewright.link.v1.BeginRun.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a BeginRun message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {spikewright.link.v1.BeginRun & spikewright.link.v1.BeginRun.$Shape} BeginRun
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): spikewright.link.v1.BeginRun & spikewright.link.v1.BeginRun.$Shape;
            }

            namespace BeginRun {

                /** Properties of a BeginRun. */
                interface $Properties {

                    /** BeginRun run */
                    run?: (number|null);

                    /** BeginRun untilLow */
                    untilLow?: (number|null);

                    /** BeginRun untilHigh */
                    untilHigh?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a BeginRun. */
                type $Shape = spikewright.link.v1.BeginRun.$Properties;
            }

            /**
             * Properties of an EndInput.
             * @deprecated Use spikewright.link.v1.EndInput.$Properties instead.
             */
            interface IEndInput extends spikewright.link.v1.EndInput.$Properties {
            }

            /** Represents an EndInput. */
            class EndInput {

                /**
                 * Constructs a new EndInput.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: spikewright.link.v1.EndInput.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** EndInput run. */
                run: number;

                /**
                 * Encodes the specified EndInput message. Does not implicitly {@link spikewright.link.v1.EndInput.verify|verify} messages.
                 * @param message EndInput message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: spikewright.link.v1.EndInput.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an EndInput message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {spikewright.link.v1.EndInput & spikewright.link.v1.EndInput.$Shape} EndInput
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): spikewright.link.v1.EndInput & spikewright.link.v1.EndInput.$Shape;
            }

            namespace EndInput {

                /** Properties of an EndInput. */
                interface $Properties {

                    /** EndInput run */
                    run?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an EndInput. */
                type $Shape = spikewright.link.v1.EndInput.$Properties;
            }

            /**
             * Properties of a FromBoard.
             * @deprecated Use spikewright.link.v1.FromBoard.$Properties instead.
             */
            interface IFromBoard extends spikewright.link.v1.FromBoard.$Properties {
            }

            /** Represents a FromBoard. */
            class FromBoard {

                /**
                 * Constructs a new FromBoard.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: spikewright.link.v1.FromBoard.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** FromBoard id. */
                id: number;

                /** FromBoard done. */
                done?: (spikewright.link.v1.Done.$Properties|null);

                /** FromBoard error. */
                error?: (spikewright.link.v1.Error.$Properties|null);

                /** FromBoard identity. */
                identity?: (spikewright.link.v1.Identity.$Properties|null);

                /** FromBoard neuronValues. */
                neuronValues?: (spikewright.link.v1.NeuronValues.$Properties|null);

                /** FromBoard coreCounters. */
                coreCounters?: (spikewright.link.v1.CoreCounters.$Properties|null);

                /** FromBoard events. */
                events?: (spikewright.link.v1.EventBatch.$Properties|null);

                /** FromBoard readoutTicks. */
                readoutTicks?: (spikewright.link.v1.ReadoutTicks.$Properties|null);

                /** FromBoard coreTiming. */
                coreTiming?: (spikewright.link.v1.CoreTiming.$Properties|null);

                /** FromBoard warning. */
                warning?: (spikewright.link.v1.Warning.$Properties|null);

                /** FromBoard runResult. */
                runResult?: (spikewright.link.v1.RunResult.$Properties|null);

                /** FromBoard powerSample. */
                powerSample?: (spikewright.link.v1.PowerSample.$Properties|null);

                /** FromBoard logLine. */
                logLine?: (spikewright.link.v1.LogLine.$Properties|null);

                /** FromBoard body. */
                body?: ("done"|"error"|"identity"|"neuronValues"|"coreCounters"|"events"|"readoutTicks"|"coreTiming"|"warning"|"runResult"|"powerSample"|"logLine");

                /**
                 * Encodes the specified FromBoard message. Does not implicitly {@link spikewright.link.v1.FromBoard.verify|verify} messages.
                 * @param message FromBoard message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: spikewright.link.v1.FromBoard.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a FromBoard message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {spikewright.link.v1.FromBoard & spikewright.link.v1.FromBoard.$Shape} FromBoard
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): spikewright.link.v1.FromBoard & spikewright.link.v1.FromBoard.$Shape;
            }

            namespace FromBoard {

                /** Properties of a FromBoard. */
                interface $Properties {

                    /** FromBoard id */
                    id?: (number|null);

                    /** FromBoard done */
                    done?: (spikewright.link.v1.Done.$Properties|null);

                    /** FromBoard error */
                    error?: (spikewright.link.v1.Error.$Properties|null);

                    /** FromBoard identity */
                    identity?: (spikewright.link.v1.Identity.$Properties|null);

                    /** FromBoard neuronValues */
                    neuronValues?: (spikewright.link.v1.NeuronValues.$Properties|null);

                    /** FromBoard coreCounters */
                    coreCounters?: (spikewright.link.v1.CoreCounters.$Properties|null);

                    /** FromBoard events */
                    events?: (spikewright.link.v1.EventBatch.$Properties|null);

                    /** FromBoard readoutTicks */
                    readoutTicks?: (spikewright.link.v1.ReadoutTicks.$Properties|null);

                    /** FromBoard coreTiming */
                    coreTiming?: (spikewright.link.v1.CoreTiming.$Properties|null);

                    /** FromBoard warning */
                    warning?: (spikewright.link.v1.Warning.$Properties|null);

                    /** FromBoard runResult */
                    runResult?: (spikewright.link.v1.RunResult.$Properties|null);

                    /** FromBoard powerSample */
                    powerSample?: (spikewright.link.v1.PowerSample.$Properties|null);

                    /** FromBoard logLine */
                    logLine?: (spikewright.link.v1.LogLine.$Properties|null);

                    /** FromBoard body */
                    body?: ("done"|"error"|"identity"|"neuronValues"|"coreCounters"|"events"|"readoutTicks"|"coreTiming"|"warning"|"runResult"|"powerSample"|"logLine");

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Narrowed shape of a FromBoard. */
                type $Shape = {
                  id?: number|null;
                  done?: spikewright.link.v1.Done.$Shape|null;
                  error?: spikewright.link.v1.Error.$Shape|null;
                  identity?: spikewright.link.v1.Identity.$Shape|null;
                  neuronValues?: spikewright.link.v1.NeuronValues.$Shape|null;
                  coreCounters?: spikewright.link.v1.CoreCounters.$Shape|null;
                  events?: spikewright.link.v1.EventBatch.$Shape|null;
                  readoutTicks?: spikewright.link.v1.ReadoutTicks.$Shape|null;
                  coreTiming?: spikewright.link.v1.CoreTiming.$Shape|null;
                  warning?: spikewright.link.v1.Warning.$Shape|null;
                  runResult?: spikewright.link.v1.RunResult.$Shape|null;
                  powerSample?: spikewright.link.v1.PowerSample.$Shape|null;
                  logLine?: spikewright.link.v1.LogLine.$Shape|null;
                  $unknowns?: Uint8Array[];
                } & (
                  ({ body?: undefined; done?: null; error?: null; identity?: null; neuronValues?: null; coreCounters?: null; events?: null; readoutTicks?: null; coreTiming?: null; warning?: null; runResult?: null; powerSample?: null; logLine?: null }|{ body?: "done"; done: spikewright.link.v1.Done.$Shape; error?: null; identity?: null; neuronValues?: null; coreCounters?: null; events?: null; readoutTicks?: null; coreTiming?: null; warning?: null; runResult?: null; powerSample?: null; logLine?: null }|{ body?: "error"; done?: null; error: spikewright.link.v1.Error.$Shape; identity?: null; neuronValues?: null; coreCounters?: null; events?: null; readoutTicks?: null; coreTiming?: null; warning?: null; runResult?: null; powerSample?: null; logLine?: null }|{ body?: "identity"; done?: null; error?: null; identity: spikewright.link.v1.Identity.$Shape; neuronValues?: null; coreCounters?: null; events?: null; readoutTicks?: null; coreTiming?: null; warning?: null; runResult?: null; powerSample?: null; logLine?: null }|{ body?: "neuronValues"; done?: null; error?: null; identity?: null; neuronValues: spikewright.link.v1.NeuronValues.$Shape; coreCounters?: null; events?: null; readoutTicks?: null; coreTiming?: null; warning?: null; runResult?: null; powerSample?: null; logLine?: null }|{ body?: "coreCounters"; done?: null; error?: null; identity?: null; neuronValues?: null; coreCounters: spikewright.link.v1.CoreCounters.$Shape; events?: null; readoutTicks?: null; coreTiming?: null; warning?: null; runResult?: null; powerSample?: null; logLine?: null }|{ body?: "events"; done?: null; error?: null; identity?: null; neuronValues?: null; coreCounters?: null; events: spikewright.link.v1.EventBatch.$Shape; readoutTicks?: null; coreTiming?: null; warning?: null; runResult?: null; powerSample?: null; logLine?: null }|{ body?: "readoutTicks"; done?: null; error?: null; identity?: null; neuronValues?: null; coreCounters?: null; events?: null; readoutTicks: spikewright.link.v1.ReadoutTicks.$Shape; coreTiming?: null; warning?: null; runResult?: null; powerSample?: null; logLine?: null }|{ body?: "coreTiming"; done?: null; error?: null; identity?: null; neuronValues?: null; coreCounters?: null; events?: null; readoutTicks?: null; coreTiming: spikewright.link.v1.CoreTiming.$Shape; warning?: null; runResult?: null; powerSample?: null; logLine?: null }|{ body?: "warning"; done?: null; error?: null; identity?: null; neuronValues?: null; coreCounters?: null; events?: null; readoutTicks?: null; coreTiming?: null; warning: spikewright.link.v1.Warning.$Shape; runResult?: null; powerSample?: null; logLine?: null }|{ body?: "runResult"; done?: null; error?: null; identity?: null; neuronValues?: null; coreCounters?: null; events?: null; readoutTicks?: null; coreTiming?: null; warning?: null; runResult: spikewright.link.v1.RunResult.$Shape; powerSample?: null; logLine?: null }|{ body?: "powerSample"; done?: null; error?: null; identity?: null; neuronValues?: null; coreCounters?: null; events?: null; readoutTicks?: null; coreTiming?: null; warning?: null; runResult?: null; powerSample: spikewright.link.v1.PowerSample.$Shape; logLine?: null }|{ body?: "logLine"; done?: null; error?: null; identity?: null; neuronValues?: null; coreCounters?: null; events?: null; readoutTicks?: null; coreTiming?: null; warning?: null; runResult?: null; powerSample?: null; logLine: spikewright.link.v1.LogLine.$Shape })
                );
            }

            /**
             * Properties of a Done.
             * @deprecated Use spikewright.link.v1.Done.$Properties instead.
             */
            interface IDone extends spikewright.link.v1.Done.$Properties {
            }

            /** Represents a Done. */
            class Done {

                /**
                 * Constructs a new Done.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: spikewright.link.v1.Done.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /**
                 * Encodes the specified Done message. Does not implicitly {@link spikewright.link.v1.Done.verify|verify} messages.
                 * @param message Done message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: spikewright.link.v1.Done.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Done message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {spikewright.link.v1.Done & spikewright.link.v1.Done.$Shape} Done
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): spikewright.link.v1.Done & spikewright.link.v1.Done.$Shape;
            }

            namespace Done {

                /** Properties of a Done. */
                interface $Properties {

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Done. */
                type $Shape = spikewright.link.v1.Done.$Properties;
            }

            /**
             * Properties of an Error.
             * @deprecated Use spikewright.link.v1.Error.$Properties instead.
             */
            interface IError extends spikewright.link.v1.Error.$Properties {
            }

            /** Represents an Error. */
            class Error {

                /**
                 * Constructs a new Error.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: spikewright.link.v1.Error.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Error code. */
                code: spikewright.link.v1.ErrorCode;

                /** Error message. */
                message: string;

                /**
                 * Encodes the specified Error message. Does not implicitly {@link spikewright.link.v1.Error.verify|verify} messages.
                 * @param message Error message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: spikewright.link.v1.Error.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an Error message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {spikewright.link.v1.Error & spikewright.link.v1.Error.$Shape} Error
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): spikewright.link.v1.Error & spikewright.link.v1.Error.$Shape;
            }

            namespace Error {

                /** Properties of an Error. */
                interface $Properties {

                    /** Error code */
                    code?: (spikewright.link.v1.ErrorCode|null);

                    /** Error message */
                    message?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an Error. */
                type $Shape = spikewright.link.v1.Error.$Properties;
            }

            /** ErrorCode enum. */
            enum ErrorCode {

                /** ERROR_CODE_UNSPECIFIED value */
                ERROR_CODE_UNSPECIFIED = 0,

                /** ERROR_CODE_BAD_REQUEST value */
                ERROR_CODE_BAD_REQUEST = 1,

                /** ERROR_CODE_UNSUPPORTED value */
                ERROR_CODE_UNSUPPORTED = 2,

                /** ERROR_CODE_BUSY value */
                ERROR_CODE_BUSY = 3,

                /** ERROR_CODE_NOT_CONFIGURED value */
                ERROR_CODE_NOT_CONFIGURED = 4,

                /** ERROR_CODE_DAMAGED value */
                ERROR_CODE_DAMAGED = 5,

                /** ERROR_CODE_VERSION value */
                ERROR_CODE_VERSION = 6,

                /** ERROR_CODE_DEVICE_MISMATCH value */
                ERROR_CODE_DEVICE_MISMATCH = 7,

                /** ERROR_CODE_CONFIG value */
                ERROR_CODE_CONFIG = 8,

                /** ERROR_CODE_TOO_LARGE value */
                ERROR_CODE_TOO_LARGE = 9,

                /** ERROR_CODE_INPUT value */
                ERROR_CODE_INPUT = 10,

                /** ERROR_CODE_CHIP_EFFECT value */
                ERROR_CODE_CHIP_EFFECT = 11,

                /** ERROR_CODE_INTERNAL value */
                ERROR_CODE_INTERNAL = 12
            }

            /**
             * Properties of an Identity.
             * @deprecated Use spikewright.link.v1.Identity.$Properties instead.
             */
            interface IIdentity extends spikewright.link.v1.Identity.$Properties {
            }

            /** Represents an Identity. */
            class Identity {

                /**
                 * Constructs a new Identity.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: spikewright.link.v1.Identity.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Identity firmware. */
                firmware: string;

                /** Identity firmwareVersion. */
                firmwareVersion: string;

                /** Identity deviceName. */
                deviceName: string;

                /** Identity deviceHash. */
                deviceHash: string;

                /** Identity serial. */
                serial: string;

                /** Identity maxConfigBytes. */
                maxConfigBytes: number;

                /** Identity rails. */
                rails: string[];

                /** Identity configCrc32. */
                configCrc32?: (number|null);

                /**
                 * Encodes the specified Identity message. Does not implicitly {@link spikewright.link.v1.Identity.verify|verify} messages.
                 * @param message Identity message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: spikewright.link.v1.Identity.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an Identity message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {spikewright.link.v1.Identity & spikewright.link.v1.Identity.$Shape} Identity
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): spikewright.link.v1.Identity & spikewright.link.v1.Identity.$Shape;
            }

            namespace Identity {

                /** Properties of an Identity. */
                interface $Properties {

                    /** Identity firmware */
                    firmware?: (string|null);

                    /** Identity firmwareVersion */
                    firmwareVersion?: (string|null);

                    /** Identity deviceName */
                    deviceName?: (string|null);

                    /** Identity deviceHash */
                    deviceHash?: (string|null);

                    /** Identity serial */
                    serial?: (string|null);

                    /** Identity maxConfigBytes */
                    maxConfigBytes?: (number|null);

                    /** Identity rails */
                    rails?: (string[]|null);

                    /** Identity configCrc32 */
                    configCrc32?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an Identity. */
                type $Shape = spikewright.link.v1.Identity.$Properties;
            }

            /**
             * Properties of a NeuronValues.
             * @deprecated Use spikewright.link.v1.NeuronValues.$Properties instead.
             */
            interface INeuronValues extends spikewright.link.v1.NeuronValues.$Properties {
            }

            /** Represents a NeuronValues. */
            class NeuronValues {

                /**
                 * Constructs a new NeuronValues.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: spikewright.link.v1.NeuronValues.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** NeuronValues core. */
                core: number;

                /** NeuronValues offset. */
                offset: number;

                /** NeuronValues values. */
                values: Uint8Array;

                /** NeuronValues features. */
                features: number;

                /** NeuronValues height. */
                height: number;

                /** NeuronValues width. */
                width: number;

                /**
                 * Encodes the specified NeuronValues message. Does not implicitly {@link spikewright.link.v1.NeuronValues.verify|verify} messages.
                 * @param message NeuronValues message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: spikewright.link.v1.NeuronValues.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a NeuronValues message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {spikewright.link.v1.NeuronValues & spikewright.link.v1.NeuronValues.$Shape} NeuronValues
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): spikewright.link.v1.NeuronValues & spikewright.link.v1.NeuronValues.$Shape;
            }

            namespace NeuronValues {

                /** Properties of a NeuronValues. */
                interface $Properties {

                    /** NeuronValues core */
                    core?: (number|null);

                    /** NeuronValues offset */
                    offset?: (number|null);

                    /** NeuronValues values */
                    values?: (Uint8Array|null);

                    /** NeuronValues features */
                    features?: (number|null);

                    /** NeuronValues height */
                    height?: (number|null);

                    /** NeuronValues width */
                    width?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a NeuronValues. */
                type $Shape = spikewright.link.v1.NeuronValues.$Properties;
            }

            /**
             * Properties of a CoreCounters.
             * @deprecated Use spikewright.link.v1.CoreCounters.$Properties instead.
             */
            interface ICoreCounters extends spikewright.link.v1.CoreCounters.$Properties {
            }

            /** Represents a CoreCounters. */
            class CoreCounters {

                /**
                 * Constructs a new CoreCounters.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: spikewright.link.v1.CoreCounters.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** CoreCounters core. */
                core: number;

                /** CoreCounters low. */
                low: number[];

                /** CoreCounters high. */
                high: number[];

                /**
                 * Encodes the specified CoreCounters message. Does not implicitly {@link spikewright.link.v1.CoreCounters.verify|verify} messages.
                 * @param message CoreCounters message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: spikewright.link.v1.CoreCounters.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a CoreCounters message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {spikewright.link.v1.CoreCounters & spikewright.link.v1.CoreCounters.$Shape} CoreCounters
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): spikewright.link.v1.CoreCounters & spikewright.link.v1.CoreCounters.$Shape;
            }

            namespace CoreCounters {

                /** Properties of a CoreCounters. */
                interface $Properties {

                    /** CoreCounters core */
                    core?: (number|null);

                    /** CoreCounters low */
                    low?: (number[]|null);

                    /** CoreCounters high */
                    high?: (number[]|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a CoreCounters. */
                type $Shape = spikewright.link.v1.CoreCounters.$Properties;
            }

            /**
             * Properties of a ReadoutTicks.
             * @deprecated Use spikewright.link.v1.ReadoutTicks.$Properties instead.
             */
            interface IReadoutTicks extends spikewright.link.v1.ReadoutTicks.$Properties {
            }

            /** Represents a ReadoutTicks. */
            class ReadoutTicks {

                /**
                 * Constructs a new ReadoutTicks.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: spikewright.link.v1.ReadoutTicks.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ReadoutTicks run. */
                run: number;

                /** ReadoutTicks ticks. */
                ticks: spikewright.link.v1.ReadoutTick.$Properties[];

                /**
                 * Encodes the specified ReadoutTicks message. Does not implicitly {@link spikewright.link.v1.ReadoutTicks.verify|verify} messages.
                 * @param message ReadoutTicks message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: spikewright.link.v1.ReadoutTicks.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ReadoutTicks message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {spikewright.link.v1.ReadoutTicks & spikewright.link.v1.ReadoutTicks.$Shape} ReadoutTicks
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): spikewright.link.v1.ReadoutTicks & spikewright.link.v1.ReadoutTicks.$Shape;
            }

            namespace ReadoutTicks {

                /** Properties of a ReadoutTicks. */
                interface $Properties {

                    /** ReadoutTicks run */
                    run?: (number|null);

                    /** ReadoutTicks ticks */
                    ticks?: (spikewright.link.v1.ReadoutTick.$Properties[]|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a ReadoutTicks. */
                type $Shape = spikewright.link.v1.ReadoutTicks.$Properties;
            }

            /**
             * Properties of a ReadoutTick.
             * @deprecated Use spikewright.link.v1.ReadoutTick.$Properties instead.
             */
            interface IReadoutTick extends spikewright.link.v1.ReadoutTick.$Properties {
            }

            /** Represents a ReadoutTick. */
            class ReadoutTick {

                /**
                 * Constructs a new ReadoutTick.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: spikewright.link.v1.ReadoutTick.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ReadoutTick timeLow. */
                timeLow: number;

                /** ReadoutTick timeHigh. */
                timeHigh: number;

                /** ReadoutTick classIndex. */
                classIndex: number;

                /** ReadoutTick average. */
                average: number;

                /** ReadoutTick value. */
                value: number;

                /** ReadoutTick interrupt. */
                interrupt: boolean;

                /**
                 * Encodes the specified ReadoutTick message. Does not implicitly {@link spikewright.link.v1.ReadoutTick.verify|verify} messages.
                 * @param message ReadoutTick message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: spikewright.link.v1.ReadoutTick.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ReadoutTick message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {spikewright.link.v1.ReadoutTick & spikewright.link.v1.ReadoutTick.$Shape} ReadoutTick
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): spikewright.link.v1.ReadoutTick & spikewright.link.v1.ReadoutTick.$Shape;
            }

            namespace ReadoutTick {

                /** Properties of a ReadoutTick. */
                interface $Properties {

                    /** ReadoutTick timeLow */
                    timeLow?: (number|null);

                    /** ReadoutTick timeHigh */
                    timeHigh?: (number|null);

                    /** ReadoutTick classIndex */
                    classIndex?: (number|null);

                    /** ReadoutTick average */
                    average?: (number|null);

                    /** ReadoutTick value */
                    value?: (number|null);

                    /** ReadoutTick interrupt */
                    interrupt?: (boolean|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a ReadoutTick. */
                type $Shape = spikewright.link.v1.ReadoutTick.$Properties;
            }

            /**
             * Properties of a CoreTiming.
             * @deprecated Use spikewright.link.v1.CoreTiming.$Properties instead.
             */
            interface ICoreTiming extends spikewright.link.v1.CoreTiming.$Properties {
            }

            /** Represents a CoreTiming. */
            class CoreTiming {

                /**
                 * Constructs a new CoreTiming.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: spikewright.link.v1.CoreTiming.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** CoreTiming core. */
                core: number;

                /** CoreTiming busyUs. */
                busyUs: number;

                /** CoreTiming stallUs. */
                stallUs: number;

                /** CoreTiming utilisation. */
                utilisation: number;

                /** CoreTiming maxQueue. */
                maxQueue: number;

                /**
                 * Encodes the specified CoreTiming message. Does not implicitly {@link spikewright.link.v1.CoreTiming.verify|verify} messages.
                 * @param message CoreTiming message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: spikewright.link.v1.CoreTiming.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a CoreTiming message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {spikewright.link.v1.CoreTiming & spikewright.link.v1.CoreTiming.$Shape} CoreTiming
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): spikewright.link.v1.CoreTiming & spikewright.link.v1.CoreTiming.$Shape;
            }

            namespace CoreTiming {

                /** Properties of a CoreTiming. */
                interface $Properties {

                    /** CoreTiming core */
                    core?: (number|null);

                    /** CoreTiming busyUs */
                    busyUs?: (number|null);

                    /** CoreTiming stallUs */
                    stallUs?: (number|null);

                    /** CoreTiming utilisation */
                    utilisation?: (number|null);

                    /** CoreTiming maxQueue */
                    maxQueue?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a CoreTiming. */
                type $Shape = spikewright.link.v1.CoreTiming.$Properties;
            }

            /** WarningKind enum. */
            enum WarningKind {

                /** WARNING_KIND_UNSPECIFIED value */
                WARNING_KIND_UNSPECIFIED = 0,

                /** WARNING_KIND_SATURATED value */
                WARNING_KIND_SATURATED = 1,

                /** WARNING_KIND_CLAMPED value */
                WARNING_KIND_CLAMPED = 2,

                /** WARNING_KIND_RESIDUES value */
                WARNING_KIND_RESIDUES = 3,

                /** WARNING_KIND_POOL_DROPPED value */
                WARNING_KIND_POOL_DROPPED = 4,

                /** WARNING_KIND_BALANCER_DROPPED value */
                WARNING_KIND_BALANCER_DROPPED = 5,

                /** WARNING_KIND_INPUT_DROPPED value */
                WARNING_KIND_INPUT_DROPPED = 6,

                /** WARNING_KIND_READOUT_DROPPED value */
                WARNING_KIND_READOUT_DROPPED = 7,

                /** WARNING_KIND_SLOW_CLOCK value */
                WARNING_KIND_SLOW_CLOCK = 8,

                /** WARNING_KIND_OVERLOAD value */
                WARNING_KIND_OVERLOAD = 9,

                /** WARNING_KIND_NOT_MODELLED value */
                WARNING_KIND_NOT_MODELLED = 10
            }

            /**
             * Properties of a Warning.
             * @deprecated Use spikewright.link.v1.Warning.$Properties instead.
             */
            interface IWarning extends spikewright.link.v1.Warning.$Properties {
            }

            /** Represents a Warning. */
            class Warning {

                /**
                 * Constructs a new Warning.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: spikewright.link.v1.Warning.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Warning kind. */
                kind: spikewright.link.v1.WarningKind;

                /** Warning core. */
                core?: (number|null);

                /** Warning countLow. */
                countLow: number;

                /** Warning countHigh. */
                countHigh: number;

                /** Warning message. */
                message: string;

                /**
                 * Encodes the specified Warning message. Does not implicitly {@link spikewright.link.v1.Warning.verify|verify} messages.
                 * @param message Warning message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: spikewright.link.v1.Warning.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Warning message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {spikewright.link.v1.Warning & spikewright.link.v1.Warning.$Shape} Warning
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): spikewright.link.v1.Warning & spikewright.link.v1.Warning.$Shape;
            }

            namespace Warning {

                /** Properties of a Warning. */
                interface $Properties {

                    /** Warning kind */
                    kind?: (spikewright.link.v1.WarningKind|null);

                    /** Warning core */
                    core?: (number|null);

                    /** Warning countLow */
                    countLow?: (number|null);

                    /** Warning countHigh */
                    countHigh?: (number|null);

                    /** Warning message */
                    message?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Warning. */
                type $Shape = spikewright.link.v1.Warning.$Properties;
            }

            /** RunStatus enum. */
            enum RunStatus {

                /** RUN_STATUS_UNSPECIFIED value */
                RUN_STATUS_UNSPECIFIED = 0,

                /** RUN_STATUS_DONE value */
                RUN_STATUS_DONE = 1,

                /** RUN_STATUS_ABORTED value */
                RUN_STATUS_ABORTED = 2,

                /** RUN_STATUS_FAILED value */
                RUN_STATUS_FAILED = 3
            }

            /**
             * Properties of a RunResult.
             * @deprecated Use spikewright.link.v1.RunResult.$Properties instead.
             */
            interface IRunResult extends spikewright.link.v1.RunResult.$Properties {
            }

            /** Represents a RunResult. */
            class RunResult {

                /**
                 * Constructs a new RunResult.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: spikewright.link.v1.RunResult.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** RunResult run. */
                run: number;

                /** RunResult status. */
                status: spikewright.link.v1.RunStatus;

                /** RunResult error. */
                error?: (spikewright.link.v1.Error.$Properties|null);

                /** RunResult eventsLow. */
                eventsLow: number;

                /** RunResult eventsHigh. */
                eventsHigh: number;

                /** RunResult droppedLow. */
                droppedLow: number;

                /** RunResult droppedHigh. */
                droppedHigh: number;

                /** RunResult filteredLow. */
                filteredLow?: (number|null);

                /** RunResult filteredHigh. */
                filteredHigh: number;

                /** RunResult poolDroppedLow. */
                poolDroppedLow?: (number|null);

                /** RunResult poolDroppedHigh. */
                poolDroppedHigh: number;

                /** RunResult durationLow. */
                durationLow: number;

                /** RunResult durationHigh. */
                durationHigh: number;

                /** RunResult timing. */
                timing?: (spikewright.link.v1.RunTiming.$Properties|null);

                /** RunResult kernel. */
                kernel: string;

                /**
                 * Encodes the specified RunResult message. Does not implicitly {@link spikewright.link.v1.RunResult.verify|verify} messages.
                 * @param message RunResult message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: spikewright.link.v1.RunResult.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a RunResult message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {spikewright.link.v1.RunResult & spikewright.link.v1.RunResult.$Shape} RunResult
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): spikewright.link.v1.RunResult & spikewright.link.v1.RunResult.$Shape;
            }

            namespace RunResult {

                /** Properties of a RunResult. */
                interface $Properties {

                    /** RunResult run */
                    run?: (number|null);

                    /** RunResult status */
                    status?: (spikewright.link.v1.RunStatus|null);

                    /** RunResult error */
                    error?: (spikewright.link.v1.Error.$Properties|null);

                    /** RunResult eventsLow */
                    eventsLow?: (number|null);

                    /** RunResult eventsHigh */
                    eventsHigh?: (number|null);

                    /** RunResult droppedLow */
                    droppedLow?: (number|null);

                    /** RunResult droppedHigh */
                    droppedHigh?: (number|null);

                    /** RunResult filteredLow */
                    filteredLow?: (number|null);

                    /** RunResult filteredHigh */
                    filteredHigh?: (number|null);

                    /** RunResult poolDroppedLow */
                    poolDroppedLow?: (number|null);

                    /** RunResult poolDroppedHigh */
                    poolDroppedHigh?: (number|null);

                    /** RunResult durationLow */
                    durationLow?: (number|null);

                    /** RunResult durationHigh */
                    durationHigh?: (number|null);

                    /** RunResult timing */
                    timing?: (spikewright.link.v1.RunTiming.$Properties|null);

                    /** RunResult kernel */
                    kernel?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a RunResult. */
                type $Shape = spikewright.link.v1.RunResult.$Properties;
            }

            /**
             * Properties of a RunTiming.
             * @deprecated Use spikewright.link.v1.RunTiming.$Properties instead.
             */
            interface IRunTiming extends spikewright.link.v1.RunTiming.$Properties {
            }

            /** Represents a RunTiming. */
            class RunTiming {

                /**
                 * Constructs a new RunTiming.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: spikewright.link.v1.RunTiming.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** RunTiming firstOutputUs. */
                firstOutputUs?: (number|null);

                /** RunTiming lastOutputUs. */
                lastOutputUs?: (number|null);

                /** RunTiming latencyP50Us. */
                latencyP50Us?: (number|null);

                /** RunTiming latencyP99Us. */
                latencyP99Us?: (number|null);

                /** RunTiming latencyMaxUs. */
                latencyMaxUs?: (number|null);

                /**
                 * Encodes the specified RunTiming message. Does not implicitly {@link spikewright.link.v1.RunTiming.verify|verify} messages.
                 * @param message RunTiming message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: spikewright.link.v1.RunTiming.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a RunTiming message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {spikewright.link.v1.RunTiming & spikewright.link.v1.RunTiming.$Shape} RunTiming
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): spikewright.link.v1.RunTiming & spikewright.link.v1.RunTiming.$Shape;
            }

            namespace RunTiming {

                /** Properties of a RunTiming. */
                interface $Properties {

                    /** RunTiming firstOutputUs */
                    firstOutputUs?: (number|null);

                    /** RunTiming lastOutputUs */
                    lastOutputUs?: (number|null);

                    /** RunTiming latencyP50Us */
                    latencyP50Us?: (number|null);

                    /** RunTiming latencyP99Us */
                    latencyP99Us?: (number|null);

                    /** RunTiming latencyMaxUs */
                    latencyMaxUs?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a RunTiming. */
                type $Shape = spikewright.link.v1.RunTiming.$Properties;
            }

            /**
             * Properties of a PowerSample.
             * @deprecated Use spikewright.link.v1.PowerSample.$Properties instead.
             */
            interface IPowerSample extends spikewright.link.v1.PowerSample.$Properties {
            }

            /** Represents a PowerSample. */
            class PowerSample {

                /**
                 * Constructs a new PowerSample.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: spikewright.link.v1.PowerSample.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** PowerSample timeLow. */
                timeLow: number;

                /** PowerSample timeHigh. */
                timeHigh: number;

                /** PowerSample intervalUs. */
                intervalUs: number;

                /** PowerSample nanowatts. */
                nanowatts: number[];

                /** PowerSample run. */
                run: number;

                /** PowerSample dropped. */
                dropped: number;

                /**
                 * Encodes the specified PowerSample message. Does not implicitly {@link spikewright.link.v1.PowerSample.verify|verify} messages.
                 * @param message PowerSample message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: spikewright.link.v1.PowerSample.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a PowerSample message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {spikewright.link.v1.PowerSample & spikewright.link.v1.PowerSample.$Shape} PowerSample
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): spikewright.link.v1.PowerSample & spikewright.link.v1.PowerSample.$Shape;
            }

            namespace PowerSample {

                /** Properties of a PowerSample. */
                interface $Properties {

                    /** PowerSample timeLow */
                    timeLow?: (number|null);

                    /** PowerSample timeHigh */
                    timeHigh?: (number|null);

                    /** PowerSample intervalUs */
                    intervalUs?: (number|null);

                    /** PowerSample nanowatts */
                    nanowatts?: (number[]|null);

                    /** PowerSample run */
                    run?: (number|null);

                    /** PowerSample dropped */
                    dropped?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a PowerSample. */
                type $Shape = spikewright.link.v1.PowerSample.$Properties;
            }

            /** LogLevel enum. */
            enum LogLevel {

                /** LOG_LEVEL_OFF value */
                LOG_LEVEL_OFF = 0,

                /** LOG_LEVEL_DEBUG value */
                LOG_LEVEL_DEBUG = 1,

                /** LOG_LEVEL_INFO value */
                LOG_LEVEL_INFO = 2,

                /** LOG_LEVEL_WARNING value */
                LOG_LEVEL_WARNING = 3,

                /** LOG_LEVEL_ERROR value */
                LOG_LEVEL_ERROR = 4
            }

            /**
             * Properties of a LogLine.
             * @deprecated Use spikewright.link.v1.LogLine.$Properties instead.
             */
            interface ILogLine extends spikewright.link.v1.LogLine.$Properties {
            }

            /** Represents a LogLine. */
            class LogLine {

                /**
                 * Constructs a new LogLine.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: spikewright.link.v1.LogLine.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** LogLine timeLow. */
                timeLow: number;

                /** LogLine timeHigh. */
                timeHigh: number;

                /** LogLine level. */
                level: spikewright.link.v1.LogLevel;

                /** LogLine text. */
                text: string;

                /** LogLine dropped. */
                dropped: number;

                /**
                 * Encodes the specified LogLine message. Does not implicitly {@link spikewright.link.v1.LogLine.verify|verify} messages.
                 * @param message LogLine message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: spikewright.link.v1.LogLine.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a LogLine message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {spikewright.link.v1.LogLine & spikewright.link.v1.LogLine.$Shape} LogLine
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): spikewright.link.v1.LogLine & spikewright.link.v1.LogLine.$Shape;
            }

            namespace LogLine {

                /** Properties of a LogLine. */
                interface $Properties {

                    /** LogLine timeLow */
                    timeLow?: (number|null);

                    /** LogLine timeHigh */
                    timeHigh?: (number|null);

                    /** LogLine level */
                    level?: (spikewright.link.v1.LogLevel|null);

                    /** LogLine text */
                    text?: (string|null);

                    /** LogLine dropped */
                    dropped?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a LogLine. */
                type $Shape = spikewright.link.v1.LogLine.$Properties;
            }

            /**
             * Properties of an EventBatch.
             * @deprecated Use spikewright.link.v1.EventBatch.$Properties instead.
             */
            interface IEventBatch extends spikewright.link.v1.EventBatch.$Properties {
            }

            /** Represents an EventBatch. */
            class EventBatch {

                /**
                 * Constructs a new EventBatch.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: spikewright.link.v1.EventBatch.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** EventBatch run. */
                run: number;

                /** EventBatch count. */
                count: number;

                /** EventBatch baseLow. */
                baseLow: number;

                /** EventBatch baseHigh. */
                baseHigh: number;

                /** EventBatch coreBits. */
                coreBits: number;

                /** EventBatch featureBits. */
                featureBits: number;

                /** EventBatch yBits. */
                yBits: number;

                /** EventBatch xBits. */
                xBits: number;

                /** EventBatch core. */
                core: number;

                /** EventBatch packed. */
                packed: Uint8Array;

                /**
                 * Encodes the specified EventBatch message. Does not implicitly {@link spikewright.link.v1.EventBatch.verify|verify} messages.
                 * @param message EventBatch message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: spikewright.link.v1.EventBatch.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an EventBatch message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {spikewright.link.v1.EventBatch & spikewright.link.v1.EventBatch.$Shape} EventBatch
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): spikewright.link.v1.EventBatch & spikewright.link.v1.EventBatch.$Shape;
            }

            namespace EventBatch {

                /** Properties of an EventBatch. */
                interface $Properties {

                    /** EventBatch run */
                    run?: (number|null);

                    /** EventBatch count */
                    count?: (number|null);

                    /** EventBatch baseLow */
                    baseLow?: (number|null);

                    /** EventBatch baseHigh */
                    baseHigh?: (number|null);

                    /** EventBatch coreBits */
                    coreBits?: (number|null);

                    /** EventBatch featureBits */
                    featureBits?: (number|null);

                    /** EventBatch yBits */
                    yBits?: (number|null);

                    /** EventBatch xBits */
                    xBits?: (number|null);

                    /** EventBatch core */
                    core?: (number|null);

                    /** EventBatch packed */
                    packed?: (Uint8Array|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an EventBatch. */
                type $Shape = spikewright.link.v1.EventBatch.$Properties;
            }
        }
    }
}
