/** Sound, vibration, notification and a screen that stays on: each only as the driver allows. */

const ALERTS = 'zhol.driver.alerts';
let sound = null;
let lock = null;
let awake = false;

function stored() {
    try {
        return localStorage.getItem(ALERTS) === 'yes';
    } catch {
        return false;
    }
}

let alerts = stored();
export const wantsAlerts = () => alerts;
export const wantsAwake = () => awake;

/** Asked from a touch: browsers start sound and permissions only then. */
export function setAlerts(on) {
    alerts = on;
    try {
        localStorage.setItem(ALERTS, on ? 'yes' : 'no');
    } catch {
        // It then lasts until the page is closed.
    }
    if (!on) {
        return;
    }
    if ('AudioContext' in globalThis) {
        sound ??= new AudioContext();
        sound.resume();
    }
    if ('Notification' in globalThis && Notification.permission === 'default') {
        Notification.requestPermission().catch(() => {});
    }
    navigator.vibrate?.(80);
}

/** Three rising tones. */
function ring() {
    if (!sound) {
        return;
    }
    [660, 880, 1175].forEach((tone, index) => {
        const begin = sound.currentTime + index * 0.28;
        const source = sound.createOscillator();
        const volume = sound.createGain();
        source.frequency.value = tone;
        volume.gain.setValueAtTime(0.0001, begin);
        volume.gain.exponentialRampToValueAtTime(0.5, begin + 0.03);
        volume.gain.exponentialRampToValueAtTime(0.0001, begin + 0.25);
        source.connect(volume).connect(sound.destination);
        source.start(begin);
        source.stop(begin + 0.26);
    });
}

async function notify(text) {
    if (!('Notification' in globalThis) || Notification.permission !== 'granted') {
        return;
    }
    const worker = await navigator.serviceWorker?.getRegistration('/driver');
    if (worker) {
        await worker.showNotification('Zhol', { body: text, tag: 'zhol-place', renotify: true });
    } else {
        new Notification('Zhol', { body: text, tag: 'zhol-place' });
    }
}

/** @param {boolean} called the strongest signal @param {string} text what happened */
export function callAttention(called, text) {
    if (!alerts) {
        return;
    }
    navigator.vibrate?.(called ? [400, 150, 400, 150, 800] : [200]);
    if (called) {
        ring();
    }
    notify(text).catch(() => {});
}

async function takeLock() {
    try {
        lock = await navigator.wakeLock.request('screen');
    } catch {
        lock = null;
    }
}

export function keepAwake(on) {
    awake = on;
    if (on) {
        takeLock();
    } else {
        lock?.release();
        lock = null;
    }
}

// The system takes the lock away with a hidden page.
document.addEventListener('visibilitychange', () => {
    if (awake && !document.hidden) {
        takeLock();
    }
});
