import type { composer as source } from '../pt-br/composer'

export const composer: typeof source = {
  composer: {
    title: 'Answer',
    label: 'Message to {{name}}',
    placeholder: 'Write a message',
    send: 'Send',
    reply: 'Answer this message',
    removeQuote: 'Do not quote this message',
    discard: 'Discard',
    left_one: '{{count}} character left',
    left_many: '{{count}} characters left',
    left_other: '{{count}} characters left',
    tooLong_one: '{{count}} character too many',
    tooLong_many: '{{count}} characters too many',
    tooLong_other: '{{count}} characters too many',
    kept: 'What you have written is kept.',
    attach: 'Attach files',
    files: 'Files to send',
    removeFile: 'Take {{name}} away',
    caption: 'Write a caption',
    drop: 'Drop to send to {{name}}',
    uploading: 'Upload of the file',
    stop: 'Cancel upload',
    fileEmpty: '“{{name}}” is empty.',
    fileKind:
      '“{{name}}”: WhatsApp does not take this type of file. It takes JPG and PNG photos, MP4 and 3GP videos, MP3, M4A, AAC, AMR and OGG audio, and PDF, Word, Excel, PowerPoint and TXT documents.',
    fileLarge: '“{{name}}” has {{size}}. WhatsApp takes {{kind}} of up to {{limit}}.',
    kinds: {
      image: 'photos',
      video: 'videos',
      audio: 'audio files',
      document: 'documents',
      sticker: 'stickers',
    },
    closing: 'The 24-hour window closes in {{time}}.',
    obstacle: {
      group: {
        title: 'Read only.',
        text: 'WhatsApp does not let a business write in groups from here.',
      },
      viewer: {
        title: 'You can only read.',
        text: 'To answer, ask an administrator of your company for access.',
      },
      over: {
        title: 'This conversation is over.',
        text: 'When {{name}} writes again, a new conversation opens in the list.',
      },
      number: {
        title: 'The number of this conversation was disconnected.',
        text: 'Connect the number again to answer.',
      },
      never: {
        title: '{{name}} has not written yet.',
        text: 'WhatsApp lets a business answer only those who wrote first. Before that, only an approved template can be sent, through the API.',
      },
      window: {
        title: 'The 24-hour window has closed ({{time}}).',
        text: 'As soon as {{name}} writes again, you can answer here. Until then WhatsApp only takes an approved template, which can be sent through the API.',
      },
    },
  },
  voice: {
    title: 'Voice recording',
    record: 'Record a voice message',
    asking: 'Allow the microphone where the browser asks.',
    recording: 'Recording…',
    paused: 'Paused',
    pause: 'Pause the recording',
    resume: 'Go on recording',
    listen: 'Stop and listen',
    recorded: 'Your recording',
    send: 'Send recording',
    discard: 'Discard recording',
    problem: {
      denied:
        'The browser did not allow the microphone. Allow it at the lock beside this page’s address and try again.',
      missing: 'There is no microphone on this device. Connect one and try again.',
      insecure: 'The microphone works only on secure pages (https).',
      failed: 'The recording did not work. Another program may be using the microphone.',
    },
  },
  reactions: {
    react: 'React',
    with: 'React with {{emoji}}',
    takeBack: 'Take {{emoji}} back',
    other: 'Other emoji',
  },
}
