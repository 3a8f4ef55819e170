// Which microphones a page holds, and a browser that gives none.
const given = []
const devices = navigator.mediaDevices
const ask = devices.getUserMedia.bind(devices)
devices.getUserMedia = async (wanted) => {
  const stream = await ask(wanted)
  given.push(...stream.getTracks())
  return stream
}
window.microphones = {
  live: () => given.filter((track) => track.readyState === 'live').length,
  refuse: () => {
    devices.getUserMedia = () => Promise.reject(new DOMException('', 'NotAllowedError'))
  },
}
