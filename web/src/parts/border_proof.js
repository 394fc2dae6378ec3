/**
 * Verifying receipts in the browser: the signature (Ed25519, RFC 8032) over the receipt's canonical
 * text without its last member. Nothing is sent anywhere.
 */

const bytesOf = (hex) => new Uint8Array((hex.match(/../g) ?? []).map((pair) => parseInt(pair, 16)));

/** The signed text: the members as they stand in the file, the signature left out. */
export function signedText(text) {
    const found = /^(\s*\{.*),\s*"signature"\s*:\s*"([0-9a-f]{128})"\s*\}\s*$/s.exec(text);
    if (found) {
        return { text: `${found[1].trim()}}`, signature: found[2] };
    }
    const { signature = '', ...rest } = JSON.parse(text);
    return { text: JSON.stringify(rest), signature };
}

/**
 * @param {object} receipt
 * @returns {Promise<boolean|null>} null: this browser cannot verify Ed25519
 */
export async function verifyReceipt(receipt) {
    const { text, signature } = signedText(JSON.stringify(receipt));
    try {
        const key = await crypto.subtle.importKey('raw', bytesOf(receipt.key), { name: 'Ed25519' }, false, ['verify']);
        return await crypto.subtle.verify({ name: 'Ed25519' }, key, bytesOf(signature), new TextEncoder().encode(text));
    } catch (error) {
        if (error.name === 'NotSupportedError' || !globalThis.crypto?.subtle) {
            return null;
        }
        return false;
    }
}

/** Two receipts of one stream and number with different hashes: the history was forked. */
export function contradiction(a, b) {
    if (a.stream !== b.stream || a.key !== b.key) {
        return 'unrelated';
    }
    if (a.seq === b.seq) {
        return a.hash === b.hash ? 'same' : 'forked';
    }
    const [first, second] = a.seq < b.seq ? [a, b] : [b, a];
    if (second.seq === first.seq + 1) {
        return second.prev === first.hash ? 'chained' : 'forked';
    }
    return 'unproven';
}
