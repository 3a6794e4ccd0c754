package dev.rustnet.transport.nio.mesh;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/** What is no frame, whoever sends it. */
enum HostileBytes {
    LENGTH_0 {
        @Override
        byte[] bytes(Random random) {
            return length(0);
        }
    },
    LENGTH_MINUS_1 {
        @Override
        byte[] bytes(Random random) {
            return length(-1);
        }
    },
    LENGTH_2_TO_31_MINUS_1 {
        @Override
        byte[] bytes(Random random) {
            return length(Integer.MAX_VALUE);
        }
    },
    LENGTH_MAXIMUM_PLUS_1 {
        @Override
        byte[] bytes(Random random) {
            return length(MAX_FRAME_LENGTH + 1);
        }
    },
    RANDOM_BYTES {
        @Override
        byte[] bytes(Random random) {
            byte[] noise = new byte[4 + random.nextInt(2_000)];
            random.nextBytes(noise);
            noise[0] |= 1; // never a length that is possible
            return noise;
        }
    },
    HTTP_REQUEST {
        @Override
        byte[] bytes(Random random) {
            return "GET / HTTP/1.1\r\nHost: example.org\r\nAccept: */*\r\n\r\n".getBytes(US_ASCII);
        }
    },
    TLS_HELLO {
        @Override
        byte[] bytes(Random random) {
            byte[] start = HexFormat.of().parseHex("16030100f8010000f40303");
            byte[] hello = Arrays.copyOf(start, 253);
            return hello;
        }
    },
    JAVA_SERIALISATION {
        @Override
        byte[] bytes(Random random) {
            var bytes = new ByteArrayOutputStream();
            try (var out = new ObjectOutputStream(bytes)) {
                out.writeObject(new ArrayList<>(List.of("an", "object")));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return bytes.toByteArray();
        }
    },
    /** Its sender then ends the stream. */
    TRUNCATED_FRAME {
        @Override
        byte[] bytes(Random random) {
            return ByteBuffer.allocate(100).putInt(1_000).array();
        }
    };

    /** That of a node with the default settings, as its sources have it. */
    static final int MAX_FRAME_LENGTH = 128 * 1024 + 256 * 1024 + (1 << 20) + 32 * 1024;

    abstract byte[] bytes(Random random);

    private static byte[] length(int length) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(length).array();
    }
}
