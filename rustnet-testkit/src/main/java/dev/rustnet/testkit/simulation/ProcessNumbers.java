package dev.rustnet.testkit.simulation;

/**
 * How events number the processes of a run: the rank of the name, from 1, and {@link #perIncarnation} more for each earlier
 * incarnation of it. That is 1,000, as in the event logs of real nodes; in a run of 1,000 processes or more, 10,000, and so
 * on.
 *
 * @param processes how many there are
 */
public record ProcessNumbers(int processes) {
    /** How much higher the number of the next incarnation is. */
    public int perIncarnation() {
        int power = 1_000;
        while (power <= processes) {
            power *= 10;
        }
        return power;
    }

    /** The number of a process of that rank, from 0, with so many incarnations before. */
    public int of(int rank, int earlier) {
        return rank + 1 + perIncarnation() * earlier;
    }

    /** The rank, from 0, of the process with that number. */
    public int rank(int number) {
        return number % perIncarnation() - 1;
    }

    /** How many incarnations of its name came before the process with that number. */
    public int earlier(int number) {
        return number / perIncarnation();
    }
}
