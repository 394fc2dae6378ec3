/**
 * The service worker of the driver's page: the page itself is kept, so that it opens without a
 * network; what the server says is never kept here (the page keeps its last state itself).
 */
const CACHE = 'zhol-driver-1';

self.addEventListener('install', (event) => {
    event.waitUntil(self.skipWaiting());
});

self.addEventListener('activate', (event) => {
    event.waitUntil(
        (async () => {
            for (const name of await caches.keys()) {
                if (name !== CACHE) {
                    await caches.delete(name);
                }
            }
            await self.clients.claim();
        })(),
    );
});

/** The newest page from the network, the kept one where there is none. */
async function page(request) {
    const cache = await caches.open(CACHE);
    try {
        const response = await fetch(request);
        if (response.ok) {
            await cache.put('/driver', response.clone());
        }
        return response;
    } catch {
        return (await cache.match('/driver')) ?? Response.error();
    }
}

/** Assets have their contents' hash in the name: what is kept is right. */
async function asset(request) {
    const cache = await caches.open(CACHE);
    const kept = await cache.match(request);
    if (kept) {
        return kept;
    }
    const response = await fetch(request);
    if (response.ok) {
        await cache.put(request, response.clone());
    }
    return response;
}

self.addEventListener('fetch', (event) => {
    const url = new URL(event.request.url);
    if (event.request.method !== 'GET' || url.origin !== self.location.origin) {
        return;
    }
    if (event.request.mode === 'navigate' && url.pathname === '/driver') {
        event.respondWith(page(event.request));
    } else if (url.pathname.startsWith('/assets/')) {
        event.respondWith(asset(event.request));
    }
});

/** The page says which files it was made of, so that they are there before they are asked again. */
self.addEventListener('message', (event) => {
    event.waitUntil(
        (async () => {
            const cache = await caches.open(CACHE);
            const wanted = event.data?.keep ?? [];
            for (const path of wanted) {
                if (!(await cache.match(path))) {
                    await cache.add(path).catch(() => {});
                }
            }
            for (const request of await cache.keys()) {
                if (!wanted.includes(new URL(request.url).pathname)) {
                    await cache.delete(request);
                }
            }
        })(),
    );
});

self.addEventListener('notificationclick', (event) => {
    event.notification.close();
    event.waitUntil(
        (async () => {
            const windows = await self.clients.matchAll({ type: 'window' });
            const open = windows.find((each) => new URL(each.url).pathname === '/driver');
            return open ? open.focus() : self.clients.openWindow('/driver');
        })(),
    );
});
