/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The certificate database (RFC 3850 4): certificates, CRLs and attribute certificates, where each
 * came from and since when; anchors and their terms; what binds an address to a certificate;
 * capabilities; own keys. Being stored is not being trusted. The objects' DER is the truth: what is
 * kept beside it only helps to find them and can be made again (signet_store_check).
 *
 * A store belongs to one thread at a time; any number of processes may share the file. Time is
 * always the caller's. Every change is a transaction of its own unless one was begun.
 */
#ifndef SIGNET_STORE_H
#define SIGNET_STORE_H

#include "signet/anchor.h"
#include "signet/attribute_certificate.h"
#include "signet/binding.h"
#include "signet/message.h"
#include "signet/need.h"

#ifdef __cplusplus
extern "C" {
#endif

struct signet_store;

/* Why SIGNET_ERR_IO. */
enum signet_store_trouble {
    SIGNET_STORE_FINE = 0,
    SIGNET_STORE_MISSING,   /* no such file, and none is to be made */
    SIGNET_STORE_FORBIDDEN, /* no permission */
    SIGNET_STORE_READ_ONLY, /* can be read but not written */
    SIGNET_STORE_FULL,      /* no room on the disk */
    SIGNET_STORE_BUSY,      /* another process kept it for too long */
    SIGNET_STORE_NEWER,     /* made by a later version of signet */
    SIGNET_STORE_DAMAGED,   /* the file is not what was written */
    SIGNET_STORE_FOREIGN,   /* a file of another kind */
    SIGNET_STORE_FAILED     /* anything else that the operating system reports */
};

enum signet_store_mode {
    SIGNET_STORE_READ = 0, /* must exist; nothing is changed */
    SIGNET_STORE_WRITE,    /* must exist */
    SIGNET_STORE_CREATE    /* made, with mode 0600, where there is none; its folder must exist */
};

/*
 * Opens FILE. *STORE is set on SIGNET_OK and on SIGNET_ERR_IO (to ask for the trouble), and is to
 * be closed in both cases. An older database is brought to today's schema unless only read.
 * BUSY_MS: how long to wait for another process' write.
 */
SIGNET_API SIGNET_MUST_CHECK enum signet_status signet_store_open(const char *file,
                                                                  enum signet_store_mode mode,
                                                                  unsigned busy_ms,
                                                                  struct signet_store **store);
SIGNET_API void signet_store_close(struct signet_store *store); /* NULL is legal */

/* The version of SQLite that databases are opened with, such as "3.40.1"; NULL where there is none.
 * Loads it. */
SIGNET_API const char *signet_store_sqlite_version(void);

/* Of the last call that gave SIGNET_ERR_IO. The text is one sentence with what to do, naming the
 * file; valid until the next call. */
SIGNET_API enum signet_store_trouble signet_store_trouble(const struct signet_store *store);
SIGNET_API const char *signet_store_trouble_text(const struct signet_store *store);

/* Something of what is known beside objects (an anchor's terms, a binding, what somebody can
 * decrypt, an own key) could not be read since the store was opened, and counted as not there:
 * signet_store_check tells what. */
SIGNET_API bool signet_store_passed_over(const struct signet_store *store);

/* Many changes as one. What is not committed when the store is closed is dropped. SIGNET_OK from
 * commit: it is on the disk. A change that failed half way (SIGNET_ERR_MEMORY, _IO) makes every
 * later call until the rollback fail as it did, and the commit drop all. */
SIGNET_API SIGNET_MUST_CHECK enum signet_status signet_store_begin(struct signet_store *store);
SIGNET_API SIGNET_MUST_CHECK enum signet_status signet_store_commit(struct signet_store *store);
SIGNET_API void signet_store_rollback(struct signet_store *store);

/* --- objects --------------------------------------------------------------------------------- */

enum signet_origin_kind {
    SIGNET_ORIGIN_IMPORT = 0, /* DETAIL: the file's name */
    SIGNET_ORIGIN_MESSAGE,    /* the Message-ID, or the input's name */
    SIGNET_ORIGIN_FETCH,      /* the URL */
    SIGNET_ORIGIN_SYSTEM      /* the module or bundle */
};

/* Where something came from, and when it was first stored. */
struct signet_origin {
    enum signet_origin_kind kind;
    const char *detail; /* UTF-8, escaped when shown; never NULL */
    signet_time since;
};

/* "import", "message", "fetch", "system". */
SIGNET_API const char *signet_origin_kind_name(enum signet_origin_kind kind);

enum signet_record_kind {
    SIGNET_RECORD_CERTIFICATE = 0,
    SIGNET_RECORD_CRL,
    SIGNET_RECORD_ATTRIBUTE_CERTIFICATE
};

/* Adds a copy. *ADDED (may be NULL): false when these octets were there before; then their origin
 * stays what it was. */
SIGNET_API SIGNET_MUST_CHECK enum signet_status
signet_store_add_certificate(struct signet_store *store,
                             const struct signet_certificate *certificate,
                             const struct signet_origin *origin, bool *added);
SIGNET_API SIGNET_MUST_CHECK enum signet_status
signet_store_add_crl(struct signet_store *store, const struct signet_crl *crl,
                     const struct signet_origin *origin, bool *added);
SIGNET_API SIGNET_MUST_CHECK enum signet_status
signet_store_add_attribute_certificate(struct signet_store *store,
                                       const struct signet_attribute_certificate *certificate,
                                       const struct signet_origin *origin, bool *added);

/* Takes an object away, with its bindings, its terms as an anchor and what was learned of it. An
 * own key stays: old mail may need it. *REMOVED (may be NULL): it was there. */
SIGNET_API SIGNET_MUST_CHECK enum signet_status signet_store_remove(struct signet_store *store,
                                                                    enum signet_record_kind kind,
                                                                    struct signet_span sha256,
                                                                    bool *removed);

/* What is looked for: every member that is set must hold. All zero finds everything. */
struct signet_store_query {
    unsigned kinds;            /* 1u << SIGNET_RECORD_…; 0: all */
    struct signet_span sha256; /* the fingerprint, or its first octets */
    const char *address; /* in the certificate or bound to it; folded as addresses are compared */
    struct signet_span issuer; /* DER of a Name, compared as names are (RFC 5280 7.1) */
    struct signet_span serial; /* content octets of the INTEGER */
    struct signet_span subject;
    struct signet_span key_id; /* subject key identifier */
    const char *text;          /* in subject, issuer or an address, without regard to case */
    bool anchors, own;         /* only what is an anchor now; only certificates with an own key */
    bool distrusted;           /* with ANCHORS: also what was one until it was distrusted */
};

/* An anchor as stored. */
struct signet_stored_anchor {
    struct signet_anchor_terms terms;
    const char *why; /* what was given as the reason; "" for none */
    struct signet_origin origin;
    /* Trust was taken back at this time, which is remembered so that nothing but the user brings it
     * back; SIGNET_TIME_UNKNOWN while it is trusted. */
    signet_time distrusted;
};

struct signet_record {
    enum signet_record_kind kind;
    struct signet_span sha256;
    struct signet_origin origin;
    size_t der_len;
    const struct signet_certificate *certificate; /* one of these, by KIND */
    const struct signet_crl
        *crl; /* maybe as an excerpt without entries, see signet_crl_is_excerpt */
    const struct signet_attribute_certificate *attribute_certificate;
    const struct signet_stored_anchor *anchor; /* NULL unless it is, or was, one */
    bool own;                                  /* its private key is stored, too */
};

/* Gets one record, valid during the call. Another status than SIGNET_OK ends the walk. */
typedef enum signet_status signet_record_taker(void *context, const struct signet_record *record);

/*
 * Walks what QUERY finds, in an order that hangs on nothing but the contents. What cannot be read
 * is counted in *NUM_BAD (may be NULL) and passed over. A TAKER may not change the store.
 */
SIGNET_API SIGNET_MUST_CHECK enum signet_status
signet_store_find(struct signet_store *store, const struct signet_store_query *query,
                  signet_record_taker *taker, void *context, size_t *num_bad);

/* The DER of one object exactly as it came: for CRLs of any size, in pieces, in order.
 * SIGNET_ERR_ARGUMENT: there is none. SIGNET_ERR_PARSE, maybe after some pieces: it is damaged. */
typedef enum signet_status signet_octets_taker(void *context, struct signet_span octets);
SIGNET_API SIGNET_MUST_CHECK enum signet_status
signet_store_read(struct signet_store *store, enum signet_record_kind kind,
                  struct signet_span sha256, signet_octets_taker *taker, void *context);

struct signet_store_counts {
    size_t certificates, crls, attribute_certificates, anchors, bindings, own_keys;
};
SIGNET_API SIGNET_MUST_CHECK enum signet_status
signet_store_count(struct signet_store *store, struct signet_store_counts *counts);

/* --- anchors --------------------------------------------------------------------------------- */

/* Makes CERTIFICATE, stored if it is not yet, an anchor on TERMS (RFC 3850 2.3: trust comes by
 * another way than mail). Replaces earlier terms. WHY may be "". What was distrusted stays so when
 * it comes from the system (SIGNET_ORIGIN_SYSTEM) again: only the user brings it back. */
SIGNET_API SIGNET_MUST_CHECK enum signet_status
signet_store_trust(struct signet_store *store, const struct signet_certificate *certificate,
                   const struct signet_anchor_terms *terms, const char *why,
                   const struct signet_origin *origin);

/* Takes the trust back; the certificate stays, and so does the memory of it. *FOUND: it was
 * trusted. */
SIGNET_API SIGNET_MUST_CHECK enum signet_status
signet_store_distrust(struct signet_store *store, struct signet_span sha256, const char *why,
                      signet_time time, bool *found);

/* --- addresses ------------------------------------------------------------------------------- */

struct signet_binding {
    const char *address;       /* as given */
    struct signet_span sha256; /* of the certificate */
    enum signet_binding_kind kind;
    const char *why;
    signet_time since;
};

/* A stronger kind replaces a weaker one, never the other way round. The certificate must be stored
 * and ADDRESS be an addr-spec: else SIGNET_ERR_ARGUMENT. */
SIGNET_API SIGNET_MUST_CHECK enum signet_status
signet_store_bind(struct signet_store *store, const struct signet_binding *binding);
/* SHA256 {NULL,0}: from all certificates. *NUM: so many bindings were there. */
SIGNET_API SIGNET_MUST_CHECK enum signet_status signet_store_unbind(struct signet_store *store,
                                                                    const char *address,
                                                                    struct signet_span sha256,
                                                                    size_t *num);
typedef enum signet_status signet_binding_taker(void *context,
                                                const struct signet_binding *binding);
/* ADDRESS NULL: of every address; SHA256 {NULL,0}: of every certificate. */
SIGNET_API SIGNET_MUST_CHECK enum signet_status
signet_store_bindings(struct signet_store *store, const char *address, struct signet_span sha256,
                      signet_binding_taker *taker, void *context);

/* --- what correspondents said of themselves (RFC 8551 2.5.2, 2.5.3, 2.7.1) -------------------- */

struct signet_capabilities {
    const char *address;
    struct signet_span der;              /* SMIMECapabilities, or {NULL,0} */
    struct signet_span preferred_sha256; /* certificate to encrypt to, or {NULL,0} */
    signet_time signing_time;            /* of the message that said it */
};
/* Older ones never replace newer ones. */
SIGNET_API SIGNET_MUST_CHECK enum signet_status
signet_store_learn_capabilities(struct signet_store *store,
                                const struct signet_capabilities *capabilities, bool *learned);
/* *FOUND false: none. All borrowed until the next call. */
SIGNET_API SIGNET_MUST_CHECK enum signet_status
signet_store_capabilities(struct signet_store *store, const char *address,
                          struct signet_capabilities *capabilities, bool *found);

/* --- own keys -------------------------------------------------------------------------------- */

/* The private key of a stored certificate: an EncryptedPrivateKeyInfo (PKCS#8), or a PKCS#11 URI
 * that says where it is. One of the two is set. */
struct signet_stored_key {
    struct signet_span sha256; /* of the certificate */
    struct signet_span pkcs8;
    const char *uri;
    signet_time since;
};
SIGNET_API SIGNET_MUST_CHECK enum signet_status
signet_store_add_key(struct signet_store *store, const struct signet_stored_key *key);
typedef enum signet_status signet_key_taker(void *context, const struct signet_stored_key *key);
/* SHA256 {NULL,0}: all keys ever held (A-2.3, "all keys ever held" for decrypting). */
SIGNET_API SIGNET_MUST_CHECK enum signet_status signet_store_keys(struct signet_store *store,
                                                                  struct signet_span sha256,
                                                                  signet_key_taker *taker,
                                                                  void *context);

/* --- places on the network ------------------------------------------------------------------- */

/* What is known of a URL: for conditional requests, and for not asking again what has just failed.
 */
struct signet_source {
    const char *url;
    const char *etag, *last_modified; /* of the last answer; "" where there was none */
    signet_time fetched;              /* last success; SIGNET_TIME_UNKNOWN: never */
    signet_time failed;               /* last failure after that; SIGNET_TIME_UNKNOWN: none */
    const char *reason;               /* of the failure, in words; "" */
    struct signet_span sha256;        /* of what came, when it was one object; {NULL,0} */
};
SIGNET_API SIGNET_MUST_CHECK enum signet_status
signet_store_set_source(struct signet_store *store, const struct signet_source *source);
SIGNET_API SIGNET_MUST_CHECK enum signet_status signet_store_source(struct signet_store *store,
                                                                    const char *url,
                                                                    struct signet_source *source,
                                                                    bool *found);

/* --- judging with it ------------------------------------------------------------------------- */

/*
 * Adds to POOL whatever the store has for NEEDS: certificates, anchors on their terms, CRLs (large
 * ones as excerpts), bindings; and to CONTEXT the facts remembered of them (this key signed this
 * object). *NUM_ADDED: so many things are new to POOL; 0 means that judging again is of no use.
 */
SIGNET_API SIGNET_MUST_CHECK enum signet_status
signet_store_supply(struct signet_store *store, struct signet_context *context,
                    const struct signet_need *needs, size_t num, struct signet_pool *pool,
                    size_t *num_added);

/* Writes down the facts that CONTEXT has learned of stored objects since it was made. Verdicts are
 * never written (RFC 3850 4.1). */
SIGNET_API SIGNET_MUST_CHECK enum signet_status
signet_store_remember(struct signet_store *store, struct signet_context *context);

/* What was kept of a message. */
struct signet_kept {
    size_t certificates, crls, attribute_certificates; /* new ones */
    size_t passed_over;      /* unproven ones beyond the number that a message may leave */
    size_t false_signatures; /* unproven ones whose signature is known to be false: not kept */
    size_t bindings;
    size_t capabilities;
};

/*
 * Keeps what a judged message brought (RFC 3850 2.1, 4.1, 4.2): certificates and CRLs of paths that
 * reach an anchor, and a bounded number of others unless their signature is known to be false
 * (SIGNET_PROOF_FALSE in intake.h); binds the sender to the signer's certificate
 * where the verdict is GOOD or WARN and the address matched; learns capabilities from such
 * signatures whose signingTime is neither older than what is known nor in the future (E-41, RFC
 * 8551 2.7.1). Nothing becomes an anchor. One transaction. ORIGIN->since is the time of keeping.
 */
SIGNET_API SIGNET_MUST_CHECK enum signet_status
signet_store_keep_message(struct signet_store *store, const struct signet_message_result *result,
                          const struct signet_origin *origin, struct signet_kept *kept);

/* --- care ------------------------------------------------------------------------------------ */

struct signet_store_progress {
    void (*tell)(void *context, size_t done, size_t total); /* may be NULL */
    void *context;
};

/* One thing wrong, in words. OBJECT is its kind and fingerprint, or "". MENDED: it was put right.
 */
struct signet_store_flaw {
    const char *object, *text;
    bool mended;
};

/*
 * Reads the whole file, parses every object again, compares it with its fingerprint and all that is
 * derived from it, and reads all else that is known. With MEND indexes are made again, and what is
 * not what was stored, cannot be read or belongs to nothing is taken out, but for own keys.
 * SIGNET_ERR_IO with SIGNET_STORE_DAMAGED only where the file cannot even be walked. A file whose
 * pages are damaged is not written to: MEND copies what can be read into a new file beside it,
 * FILE.mended, and the last flaw says so.
 */
SIGNET_API SIGNET_MUST_CHECK enum signet_status
signet_store_check(struct signet_store *store, bool mend,
                   void (*flaw)(void *context, const struct signet_store_flaw *flaw), void *context,
                   const struct signet_store_progress *progress, size_t *num_flaws);

/* CRLs that have ended and whose place others have taken. */
struct signet_superseded {
    size_t num;
    uint64_t octets; /* of their DER */
};

/*
 * Finds, and with REMOVES takes out, CRLs whose nextUpdate is before BEFORE and NOW, and of which
 * there is a later one, not later than NOW: of the same issuer, scope and kind, both with
 * signatures that the same key is known to have made. What is the latest stays however old it is,
 * and so do CRLs without nextUpdate. Judgements for times from BEFORE on need none of these; what
 * they alone say, such as the revocation of a certificate that has expired since, is lost.
 */
SIGNET_API SIGNET_MUST_CHECK enum signet_status
signet_store_superseded(struct signet_store *store, signet_time before, signet_time now,
                        bool removes, struct signet_superseded *found);

/* Copies a consistent state into FILE, which must not exist, while others may write. Mode 0600. */
SIGNET_API SIGNET_MUST_CHECK enum signet_status
signet_store_backup(struct signet_store *store, const char *file,
                    const struct signet_store_progress *progress);

#ifdef __cplusplus
}
#endif

#endif
