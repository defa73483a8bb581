import * as $protobuf from "protobufjs/minimal.js";
import Long = require("long");

/** Namespace spikewright. */
export namespace spikewright {

    /** Namespace chip. */
    namespace chip {

        /** Namespace v1. */
        namespace v1 {

            /**
             * Properties of a ChipFile.
             * @deprecated Use spikewright.chip.v1.ChipFile.$Properties instead.
             */
            interface IChipFile extends spikewright.chip.v1.ChipFile.$Properties {
            }

            /** Represents a ChipFile. */
            class ChipFile {

                /**
                 * Constructs a new ChipFile.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: spikewright.chip.v1.ChipFile.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ChipFile format. */
                format: string;

                /** ChipFile schemaVersion. */
                schemaVersion: number;

                /** ChipFile deviceName. */
                deviceName: string;

                /** ChipFile deviceHash. */
                deviceHash: string;

                /** ChipFile payload. */
                payload: Uint8Array;

                /** ChipFile crc32. */
                crc32?: (number|null);

                /**
                 * Encodes the specified ChipFile message. Does not implicitly {@link spikewright.chip.v1.ChipFile.verify|verify} messages.
                 * @param message ChipFile message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: spikewright.chip.v1.ChipFile.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ChipFile message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {spikewright.chip.v1.ChipFile & spikewright.chip.v1.ChipFile.$Shape} ChipFile
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): spikewright.chip.v1.ChipFile & spikewright.chip.v1.ChipFile.$Shape;
            }

            namespace ChipFile {

                /** Properties of a ChipFile. */
                interface $Properties {

                    /** ChipFile format */
                    format?: (string|null);

                    /** ChipFile schemaVersion */
                    schemaVersion?: (number|null);

                    /** ChipFile deviceName */
                    deviceName?: (string|null);

                    /** ChipFile deviceHash */
                    deviceHash?: (string|null);

                    /** ChipFile payload */
                    payload?: (Uint8Array|null);

                    /** ChipFile crc32 */
                    crc32?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a ChipFile. */
                type $Shape = spikewright.chip.v1.ChipFile.$Properties;
            }

            /**
             * Properties of a ChipConfig.
             * @deprecated Use spikewright.chip.v1.ChipConfig.$Properties instead.
             */
            interface IChipConfig extends spikewright.chip.v1.ChipConfig.$Properties {
            }

            /** Represents a ChipConfig. */
            class ChipConfig {

                /**
                 * Constructs a new ChipConfig.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: spikewright.chip.v1.ChipConfig.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ChipConfig input. */
                input?: (spikewright.chip.v1.InputConfig.$Properties|null);

                /** ChipConfig cores. */
                cores: spikewright.chip.v1.CoreConfig.$Properties[];

                /** ChipConfig outputs. */
                outputs: spikewright.chip.v1.Output.$Properties[];

                /** ChipConfig slowClock. */
                slowClock?: (spikewright.chip.v1.SlowClock.$Properties|null);

                /** ChipConfig readout. */
                readout?: (spikewright.chip.v1.ReadoutConfig.$Properties|null);

                /** ChipConfig provenance. */
                provenance?: (spikewright.chip.v1.Provenance.$Properties|null);

                /**
                 * Encodes the specified ChipConfig message. Does not implicitly {@link spikewright.chip.v1.ChipConfig.verify|verify} messages.
                 * @param message ChipConfig message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: spikewright.chip.v1.ChipConfig.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ChipConfig message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {spikewright.chip.v1.ChipConfig & spikewright.chip.v1.ChipConfig.$Shape} ChipConfig
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): spikewright.chip.v1.ChipConfig & spikewright.chip.v1.ChipConfig.$Shape;
            }

            namespace ChipConfig {

                /** Properties of a ChipConfig. */
                interface $Properties {

                    /** ChipConfig input */
                    input?: (spikewright.chip.v1.InputConfig.$Properties|null);

                    /** ChipConfig cores */
                    cores?: (spikewright.chip.v1.CoreConfig.$Properties[]|null);

                    /** ChipConfig outputs */
                    outputs?: (spikewright.chip.v1.Output.$Properties[]|null);

                    /** ChipConfig slowClock */
                    slowClock?: (spikewright.chip.v1.SlowClock.$Properties|null);

                    /** ChipConfig readout */
                    readout?: (spikewright.chip.v1.ReadoutConfig.$Properties|null);

                    /** ChipConfig provenance */
                    provenance?: (spikewright.chip.v1.Provenance.$Properties|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a ChipConfig. */
                type $Shape = {
                  input?: spikewright.chip.v1.InputConfig.$Shape|null;
                  cores?: spikewright.chip.v1.CoreConfig.$Shape[]|null;
                  outputs?: spikewright.chip.v1.Output.$Shape[]|null;
                  slowClock?: spikewright.chip.v1.SlowClock.$Shape|null;
                  readout?: spikewright.chip.v1.ReadoutConfig.$Shape|null;
                  provenance?: spikewright.chip.v1.Provenance.$Shape|null;
                  $unknowns?: Uint8Array[];
                };
            }

            /**
             * Properties of a MapShape.
             * @deprecated Use spikewright.chip.v1.MapShape.$Properties instead.
             */
            interface IMapShape extends spikewright.chip.v1.MapShape.$Properties {
            }

            /** Represents a MapShape. */
            class MapShape {

                /**
                 * Constructs a new MapShape.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: spikewright.chip.v1.MapShape.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** MapShape features. */
                features: number;

                /** MapShape height. */
                height: number;

                /** MapShape width. */
                width: number;

                /**
                 * Encodes the specified MapShape message. Does not implicitly {@link spikewright.chip.v1.MapShape.verify|verify} messages.
                 * @param message MapShape message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: spikewright.chip.v1.MapShape.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a MapShape message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {spikewright.chip.v1.MapShape & spikewright.chip.v1.MapShape.$Shape} MapShape
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): spikewright.chip.v1.MapShape & spikewright.chip.v1.MapShape.$Shape;
            }

            namespace MapShape {

                /** Properties of a MapShape. */
                interface $Properties {

                    /** MapShape features */
                    features?: (number|null);

                    /** MapShape height */
                    height?: (number|null);

                    /** MapShape width */
                    width?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a MapShape. */
                type $Shape = spikewright.chip.v1.MapShape.$Properties;
            }

            /**
             * Properties of a Pair.
             * @deprecated Use spikewright.chip.v1.Pair.$Properties instead.
             */
            interface IPair extends spikewright.chip.v1.Pair.$Properties {
            }

            /** Represents a Pair. */
            class Pair {

                /**
                 * Constructs a new Pair.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: spikewright.chip.v1.Pair.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Pair y. */
                y: number;

                /** Pair x. */
                x: number;

                /**
                 * Encodes the specified Pair message. Does not implicitly {@link spikewright.chip.v1.Pair.verify|verify} messages.
                 * @param message Pair message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: spikewright.chip.v1.Pair.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Pair message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {spikewright.chip.v1.Pair & spikewright.chip.v1.Pair.$Shape} Pair
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): spikewright.chip.v1.Pair & spikewright.chip.v1.Pair.$Shape;
            }

            namespace Pair {

                /** Properties of a Pair. */
                interface $Properties {

                    /** Pair y */
                    y?: (number|null);

                    /** Pair x */
                    x?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Pair. */
                type $Shape = spikewright.chip.v1.Pair.$Properties;
            }

            /**
             * Properties of a Destination.
             * @deprecated Use spikewright.chip.v1.Destination.$Properties instead.
             */
            interface IDestination extends spikewright.chip.v1.Destination.$Properties {
            }

            /** Represents a Destination. */
            class Destination {

                /**
                 * Constructs a new Destination.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: spikewright.chip.v1.Destination.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Destination core. */
                core: number;

                /** Destination pooling. */
                pooling: number;

                /** Destination featureShift. */
                featureShift: number;

                /**
                 * Encodes the specified Destination message. Does not implicitly {@link spikewright.chip.v1.Destination.verify|verify} messages.
                 * @param message Destination message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: spikewright.chip.v1.Destination.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Destination message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {spikewright.chip.v1.Destination & spikewright.chip.v1.Destination.$Shape} Destination
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): spikewright.chip.v1.Destination & spikewright.chip.v1.Destination.$Shape;
            }

            namespace Destination {

                /** Properties of a Destination. */
                interface $Properties {

                    /** Destination core */
                    core?: (number|null);

                    /** Destination pooling */
                    pooling?: (number|null);

                    /** Destination featureShift */
                    featureShift?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Destination. */
                type $Shape = spikewright.chip.v1.Destination.$Properties;
            }

            /**
             * Properties of an Output.
             * @deprecated Use spikewright.chip.v1.Output.$Properties instead.
             */
            interface IOutput extends spikewright.chip.v1.Output.$Properties {
            }

            /** Represents an Output. */
            class Output {

                /**
                 * Constructs a new Output.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: spikewright.chip.v1.Output.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Output core. */
                core: number;

                /** Output featureShift. */
                featureShift: number;

                /**
                 * Encodes the specified Output message. Does not implicitly {@link spikewright.chip.v1.Output.verify|verify} messages.
                 * @param message Output message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: spikewright.chip.v1.Output.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an Output message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {spikewright.chip.v1.Output & spikewright.chip.v1.Output.$Shape} Output
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): spikewright.chip.v1.Output & spikewright.chip.v1.Output.$Shape;
            }

            namespace Output {

                /** Properties of an Output. */
                interface $Properties {

                    /** Output core */
                    core?: (number|null);

                    /** Output featureShift */
                    featureShift?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an Output. */
                type $Shape = spikewright.chip.v1.Output.$Properties;
            }

            /**
             * Properties of an InputConfig.
             * @deprecated Use spikewright.chip.v1.InputConfig.$Properties instead.
             */
            interface IInputConfig extends spikewright.chip.v1.InputConfig.$Properties {
            }

            /** Represents an InputConfig. */
            class InputConfig {

                /**
                 * Constructs a new InputConfig.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: spikewright.chip.v1.InputConfig.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** InputConfig shape. */
                shape?: (spikewright.chip.v1.MapShape.$Properties|null);

                /** InputConfig onChannel. */
                onChannel: boolean;

                /** InputConfig offChannel. */
                offChannel: boolean;

                /** InputConfig merge. */
                merge: boolean;

                /** InputConfig pooling. */
                pooling?: (spikewright.chip.v1.Pair.$Properties|null);

                /** InputConfig cut. */
                cut?: (spikewright.chip.v1.Cut.$Properties|null);

                /** InputConfig mirrorX. */
                mirrorX: boolean;

                /** InputConfig mirrorY. */
                mirrorY: boolean;

                /** InputConfig mirrorDiagonal. */
                mirrorDiagonal: boolean;

                /** InputConfig filter. */
                filter?: (spikewright.chip.v1.FilterConfig.$Properties|null);

                /** InputConfig destinations. */
                destinations: spikewright.chip.v1.Destination.$Properties[];

                /**
                 * Encodes the specified InputConfig message. Does not implicitly {@link spikewright.chip.v1.InputConfig.verify|verify} messages.
                 * @param message InputConfig message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: spikewright.chip.v1.InputConfig.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an InputConfig message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {spikewright.chip.v1.InputConfig & spikewright.chip.v1.InputConfig.$Shape} InputConfig
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): spikewright.chip.v1.InputConfig & spikewright.chip.v1.InputConfig.$Shape;
            }

            namespace InputConfig {

                /** Properties of an InputConfig. */
                interface $Properties {

                    /** InputConfig shape */
                    shape?: (spikewright.chip.v1.MapShape.$Properties|null);

                    /** InputConfig onChannel */
                    onChannel?: (boolean|null);

                    /** InputConfig offChannel */
                    offChannel?: (boolean|null);

                    /** InputConfig merge */
                    merge?: (boolean|null);

                    /** InputConfig pooling */
                    pooling?: (spikewright.chip.v1.Pair.$Properties|null);

                    /** InputConfig cut */
                    cut?: (spikewright.chip.v1.Cut.$Properties|null);

                    /** InputConfig mirrorX */
                    mirrorX?: (boolean|null);

                    /** InputConfig mirrorY */
                    mirrorY?: (boolean|null);

                    /** InputConfig mirrorDiagonal */
                    mirrorDiagonal?: (boolean|null);

                    /** InputConfig filter */
                    filter?: (spikewright.chip.v1.FilterConfig.$Properties|null);

                    /** InputConfig destinations */
                    destinations?: (spikewright.chip.v1.Destination.$Properties[]|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an InputConfig. */
                type $Shape = spikewright.chip.v1.InputConfig.$Properties;
            }

            /**
             * Properties of a Cut.
             * @deprecated Use spikewright.chip.v1.Cut.$Properties instead.
             */
            interface ICut extends spikewright.chip.v1.Cut.$Properties {
            }

            /** Represents a Cut. */
            class Cut {

                /**
                 * Constructs a new Cut.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: spikewright.chip.v1.Cut.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Cut origin. */
                origin?: (spikewright.chip.v1.Pair.$Properties|null);

                /** Cut corner. */
                corner?: (spikewright.chip.v1.Pair.$Properties|null);

                /**
                 * Encodes the specified Cut message. Does not implicitly {@link spikewright.chip.v1.Cut.verify|verify} messages.
                 * @param message Cut message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: spikewright.chip.v1.Cut.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Cut message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {spikewright.chip.v1.Cut & spikewright.chip.v1.Cut.$Shape} Cut
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): spikewright.chip.v1.Cut & spikewright.chip.v1.Cut.$Shape;
            }

            namespace Cut {

                /** Properties of a Cut. */
                interface $Properties {

                    /** Cut origin */
                    origin?: (spikewright.chip.v1.Pair.$Properties|null);

                    /** Cut corner */
                    corner?: (spikewright.chip.v1.Pair.$Properties|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Cut. */
                type $Shape = spikewright.chip.v1.Cut.$Properties;
            }

            /** FilterMode enum. */
            enum FilterMode {

                /** FILTER_MODE_UNSPECIFIED value */
                FILTER_MODE_UNSPECIFIED = 0,

                /** FILTER_MODE_NOISE value */
                FILTER_MODE_NOISE = 1,

                /** FILTER_MODE_LOW_PASS value */
                FILTER_MODE_LOW_PASS = 2,

                /** FILTER_MODE_NOISE_AND_HOT_PIXEL value */
                FILTER_MODE_NOISE_AND_HOT_PIXEL = 3
            }

            /**
             * Properties of a FilterConfig.
             * @deprecated Use spikewright.chip.v1.FilterConfig.$Properties instead.
             */
            interface IFilterConfig extends spikewright.chip.v1.FilterConfig.$Properties {
            }

            /** Represents a FilterConfig. */
            class FilterConfig {

                /**
                 * Constructs a new FilterConfig.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: spikewright.chip.v1.FilterConfig.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** FilterConfig mode. */
                mode: spikewright.chip.v1.FilterMode;

                /** FilterConfig size. */
                size?: (spikewright.chip.v1.Pair.$Properties|null);

                /** FilterConfig threshold. */
                threshold: number;

                /**
                 * Encodes the specified FilterConfig message. Does not implicitly {@link spikewright.chip.v1.FilterConfig.verify|verify} messages.
                 * @param message FilterConfig message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: spikewright.chip.v1.FilterConfig.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a FilterConfig message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {spikewright.chip.v1.FilterConfig & spikewright.chip.v1.FilterConfig.$Shape} FilterConfig
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): spikewright.chip.v1.FilterConfig & spikewright.chip.v1.FilterConfig.$Shape;
            }

            namespace FilterConfig {

                /** Properties of a FilterConfig. */
                interface $Properties {

                    /** FilterConfig mode */
                    mode?: (spikewright.chip.v1.FilterMode|null);

                    /** FilterConfig size */
                    size?: (spikewright.chip.v1.Pair.$Properties|null);

                    /** FilterConfig threshold */
                    threshold?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a FilterConfig. */
                type $Shape = spikewright.chip.v1.FilterConfig.$Properties;
            }

            /**
             * Properties of a CoreConfig.
             * @deprecated Use spikewright.chip.v1.CoreConfig.$Properties instead.
             */
            interface ICoreConfig extends spikewright.chip.v1.CoreConfig.$Properties {
            }

            /** Represents a CoreConfig. */
            class CoreConfig {

                /**
                 * Constructs a new CoreConfig.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: spikewright.chip.v1.CoreConfig.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** CoreConfig core. */
                core: number;

                /** CoreConfig layer. */
                layer: string;

                /** CoreConfig inputShape. */
                inputShape?: (spikewright.chip.v1.MapShape.$Properties|null);

                /** CoreConfig outputShape. */
                outputShape?: (spikewright.chip.v1.MapShape.$Properties|null);

                /** CoreConfig kernelSize. */
                kernelSize?: (spikewright.chip.v1.Pair.$Properties|null);

                /** CoreConfig stride. */
                stride?: (spikewright.chip.v1.Pair.$Properties|null);

                /** CoreConfig padding. */
                padding?: (spikewright.chip.v1.Pair.$Properties|null);

                /** CoreConfig weights. */
                weights: Uint8Array;

                /** CoreConfig leak. */
                leak: Uint8Array;

                /** CoreConfig leakInternalSlowClock. */
                leakInternalSlowClock: boolean;

                /** CoreConfig thresholdHigh. */
                thresholdHigh: number;

                /** CoreConfig thresholdLow. */
                thresholdLow: number;

                /** CoreConfig returnToZero. */
                returnToZero: boolean;

                /** CoreConfig monitorEnable. */
                monitorEnable: boolean;

                /** CoreConfig congestionBalancer. */
                congestionBalancer: boolean;

                /** CoreConfig decimator. */
                decimator: number;

                /** CoreConfig initialState. */
                initialState: Uint8Array;

                /** CoreConfig destinations. */
                destinations: spikewright.chip.v1.Destination.$Properties[];

                /** CoreConfig scale. */
                scale: number;

                /**
                 * Encodes the specified CoreConfig message. Does not implicitly {@link spikewright.chip.v1.CoreConfig.verify|verify} messages.
                 * @param message CoreConfig message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: spikewright.chip.v1.CoreConfig.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a CoreConfig message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {spikewright.chip.v1.CoreConfig & spikewright.chip.v1.CoreConfig.$Shape} CoreConfig
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): spikewright.chip.v1.CoreConfig & spikewright.chip.v1.CoreConfig.$Shape;
            }

            namespace CoreConfig {

                /** Properties of a CoreConfig. */
                interface $Properties {

                    /** CoreConfig core */
                    core?: (number|null);

                    /** CoreConfig layer */
                    layer?: (string|null);

                    /** CoreConfig inputShape */
                    inputShape?: (spikewright.chip.v1.MapShape.$Properties|null);

                    /** CoreConfig outputShape */
                    outputShape?: (spikewright.chip.v1.MapShape.$Properties|null);

                    /** CoreConfig kernelSize */
                    kernelSize?: (spikewright.chip.v1.Pair.$Properties|null);

                    /** CoreConfig stride */
                    stride?: (spikewright.chip.v1.Pair.$Properties|null);

                    /** CoreConfig padding */
                    padding?: (spikewright.chip.v1.Pair.$Properties|null);

                    /** CoreConfig weights */
                    weights?: (Uint8Array|null);

                    /** CoreConfig leak */
                    leak?: (Uint8Array|null);

                    /** CoreConfig leakInternalSlowClock */
                    leakInternalSlowClock?: (boolean|null);

                    /** CoreConfig thresholdHigh */
                    thresholdHigh?: (number|null);

                    /** CoreConfig thresholdLow */
                    thresholdLow?: (number|null);

                    /** CoreConfig returnToZero */
                    returnToZero?: (boolean|null);

                    /** CoreConfig monitorEnable */
                    monitorEnable?: (boolean|null);

                    /** CoreConfig congestionBalancer */
                    congestionBalancer?: (boolean|null);

                    /** CoreConfig decimator */
                    decimator?: (number|null);

                    /** CoreConfig initialState */
                    initialState?: (Uint8Array|null);

                    /** CoreConfig destinations */
                    destinations?: (spikewright.chip.v1.Destination.$Properties[]|null);

                    /** CoreConfig scale */
                    scale?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a CoreConfig. */
                type $Shape = spikewright.chip.v1.CoreConfig.$Properties;
            }

            /**
             * Properties of a SlowClock.
             * @deprecated Use spikewright.chip.v1.SlowClock.$Properties instead.
             */
            interface ISlowClock extends spikewright.chip.v1.SlowClock.$Properties {
            }

            /** Represents a SlowClock. */
            class SlowClock {

                /**
                 * Constructs a new SlowClock.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: spikewright.chip.v1.SlowClock.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** SlowClock periodUs. */
                periodUs?: (number|null);

                /** SlowClock divider. */
                divider?: (number|null);

                /** SlowClock source. */
                source?: ("periodUs"|"divider");

                /**
                 * Encodes the specified SlowClock message. Does not implicitly {@link spikewright.chip.v1.SlowClock.verify|verify} messages.
                 * @param message SlowClock message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: spikewright.chip.v1.SlowClock.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a SlowClock message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {spikewright.chip.v1.SlowClock & spikewright.chip.v1.SlowClock.$Shape} SlowClock
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): spikewright.chip.v1.SlowClock & spikewright.chip.v1.SlowClock.$Shape;
            }

            namespace SlowClock {

                /** Properties of a SlowClock. */
                interface $Properties {

                    /** SlowClock periodUs */
                    periodUs?: (number|null);

                    /** SlowClock divider */
                    divider?: (number|null);

                    /** SlowClock source */
                    source?: ("periodUs"|"divider");

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Narrowed shape of a SlowClock. */
                type $Shape = {
                  periodUs?: number|null;
                  divider?: number|null;
                  $unknowns?: Uint8Array[];
                } & (
                  ({ source?: undefined; periodUs?: null; divider?: null }|{ source?: "periodUs"; periodUs: number; divider?: null }|{ source?: "divider"; periodUs?: null; divider: number })
                );
            }

            /** ReadoutLayout enum. */
            enum ReadoutLayout {

                /** READOUT_LAYOUT_UNSPECIFIED value */
                READOUT_LAYOUT_UNSPECIFIED = 0,

                /** READOUT_LAYOUT_2X2Y4F value */
                READOUT_LAYOUT_2X2Y4F = 1,

                /** READOUT_LAYOUT_2X4Y2F value */
                READOUT_LAYOUT_2X4Y2F = 2,

                /** READOUT_LAYOUT_4X4Y1F value */
                READOUT_LAYOUT_4X4Y1F = 3,

                /** READOUT_LAYOUT_1X1Y16F value */
                READOUT_LAYOUT_1X1Y16F = 4
            }

            /** ReadoutOutput enum. */
            enum ReadoutOutput {

                /** READOUT_OUTPUT_UNSPECIFIED value */
                READOUT_OUTPUT_UNSPECIFIED = 0,

                /** READOUT_OUTPUT_OFF value */
                READOUT_OUTPUT_OFF = 1,

                /** READOUT_OUTPUT_COMPARE value */
                READOUT_OUTPUT_COMPARE = 2,

                /** READOUT_OUTPUT_SELECTED value */
                READOUT_OUTPUT_SELECTED = 3,

                /** READOUT_OUTPUT_MAX value */
                READOUT_OUTPUT_MAX = 4
            }

            /**
             * Properties of a ReadoutConfig.
             * @deprecated Use spikewright.chip.v1.ReadoutConfig.$Properties instead.
             */
            interface IReadoutConfig extends spikewright.chip.v1.ReadoutConfig.$Properties {
            }

            /** Represents a ReadoutConfig. */
            class ReadoutConfig {

                /**
                 * Constructs a new ReadoutConfig.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: spikewright.chip.v1.ReadoutConfig.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ReadoutConfig core. */
                core: number;

                /** ReadoutConfig classes. */
                classes: number;

                /** ReadoutConfig layout. */
                layout: spikewright.chip.v1.ReadoutLayout;

                /** ReadoutConfig average. */
                average: number;

                /** ReadoutConfig threshold. */
                threshold: number;

                /** ReadoutConfig overrideThresholdMax. */
                overrideThresholdMax: boolean;

                /** ReadoutConfig outputMode. */
                outputMode: spikewright.chip.v1.ReadoutOutput;

                /**
                 * Encodes the specified ReadoutConfig message. Does not implicitly {@link spikewright.chip.v1.ReadoutConfig.verify|verify} messages.
                 * @param message ReadoutConfig message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: spikewright.chip.v1.ReadoutConfig.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ReadoutConfig message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {spikewright.chip.v1.ReadoutConfig & spikewright.chip.v1.ReadoutConfig.$Shape} ReadoutConfig
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): spikewright.chip.v1.ReadoutConfig & spikewright.chip.v1.ReadoutConfig.$Shape;
            }

            namespace ReadoutConfig {

                /** Properties of a ReadoutConfig. */
                interface $Properties {

                    /** ReadoutConfig core */
                    core?: (number|null);

                    /** ReadoutConfig classes */
                    classes?: (number|null);

                    /** ReadoutConfig layout */
                    layout?: (spikewright.chip.v1.ReadoutLayout|null);

                    /** ReadoutConfig average */
                    average?: (number|null);

                    /** ReadoutConfig threshold */
                    threshold?: (number|null);

                    /** ReadoutConfig overrideThresholdMax */
                    overrideThresholdMax?: (boolean|null);

                    /** ReadoutConfig outputMode */
                    outputMode?: (spikewright.chip.v1.ReadoutOutput|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a ReadoutConfig. */
                type $Shape = spikewright.chip.v1.ReadoutConfig.$Properties;
            }

            /**
             * Properties of a Provenance.
             * @deprecated Use spikewright.chip.v1.Provenance.$Properties instead.
             */
            interface IProvenance extends spikewright.chip.v1.Provenance.$Properties {
            }

            /** Represents a Provenance. */
            class Provenance {

                /**
                 * Constructs a new Provenance.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: spikewright.chip.v1.Provenance.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Provenance tool. */
                tool: string;

                /** Provenance network. */
                network: string;

                /** Provenance networkSha256. */
                networkSha256: string;

                /** Provenance quantizeRule. */
                quantizeRule: string;

                /** Provenance objective. */
                objective: string;

                /** Provenance optimal. */
                optimal: boolean;

                /** Provenance seedLow. */
                seedLow: number;

                /** Provenance seedHigh. */
                seedHigh: number;

                /** Provenance warnings. */
                warnings: string[];

                /**
                 * Encodes the specified Provenance message. Does not implicitly {@link spikewright.chip.v1.Provenance.verify|verify} messages.
                 * @param message Provenance message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: spikewright.chip.v1.Provenance.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Provenance message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {spikewright.chip.v1.Provenance & spikewright.chip.v1.Provenance.$Shape} Provenance
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): spikewright.chip.v1.Provenance & spikewright.chip.v1.Provenance.$Shape;
            }

            namespace Provenance {

                /** Properties of a Provenance. */
                interface $Properties {

                    /** Provenance tool */
                    tool?: (string|null);

                    /** Provenance network */
                    network?: (string|null);

                    /** Provenance networkSha256 */
                    networkSha256?: (string|null);

                    /** Provenance quantizeRule */
                    quantizeRule?: (string|null);

                    /** Provenance objective */
                    objective?: (string|null);

                    /** Provenance optimal */
                    optimal?: (boolean|null);

                    /** Provenance seedLow */
                    seedLow?: (number|null);

                    /** Provenance seedHigh */
                    seedHigh?: (number|null);

                    /** Provenance warnings */
                    warnings?: (string[]|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Provenance. */
                type $Shape = spikewright.chip.v1.Provenance.$Properties;
            }
        }
    }
}
