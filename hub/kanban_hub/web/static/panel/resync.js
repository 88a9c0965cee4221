// What to send again to a hub that came back without it: one restored from a backup.
export class Resync {
  #hubEpoch;
  #count = null;

  // `hubEpoch` is the one of which the last word was taken.
  constructor(hubEpoch) {
    this.#hubEpoch = hubEpoch;
  }

  // The hub says who it is and how far it has this outbox; the number after which to send again, or null.
  hear(hubEpoch, count, highestSeq) {
    const isAnother = hubEpoch !== this.#hubEpoch;
    const wentBack = this.#count !== null && count < this.#count;
    this.#hubEpoch = hubEpoch;
    this.#count = count;
    return (isAnother || wentBack) && count < highestSeq ? count : null;
  }

  // The outbox counts from 1 again.
  renew() {
    this.#count = null;
  }
}
