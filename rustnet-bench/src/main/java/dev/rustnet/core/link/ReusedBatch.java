package dev.rustnet.core.link;

/** A batch for whoever stands outside this package, where only links begin one. */
public final class ReusedBatch {
    private final Batch batch = new Batch(new BatchHeads());

    /** Lets go of what the batch held, and begins it anew. */
    public Batch begin() {
        batch.begin();
        return batch;
    }
}
