package atelier.media;

import javax.imageio.stream.ImageInputStreamImpl;

/**
 * A sifted file as decoders read it. A decoder may look a little beyond the end, as some do at the
 * last bits; one that goes on and on is following a crafted header, and is stopped.
 */
final class CleanStream extends ImageInputStreamImpl {

    private static final int PATIENCE = 1_024;

    private final byte[] file;
    private int overruns;

    CleanStream(byte[] file) {
        this.file = file;
    }

    @Override
    public int read() {
        bitOffset = 0;
        if (streamPos >= file.length) {
            return overrun();
        }
        return Byte.toUnsignedInt(file[(int) streamPos++]);
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        bitOffset = 0;
        int taken = (int) Math.min(length, file.length - streamPos);
        if (taken <= 0) {
            return length == 0 ? 0 : overrun();
        }
        System.arraycopy(file, (int) streamPos, into, offset, taken);
        streamPos += taken;
        return taken;
    }

    @Override
    public long length() {
        return file.length;
    }

    private int overrun() {
        if (++overruns > PATIENCE) {
            throw Limits.broken();
        }
        return -1;
    }
}
